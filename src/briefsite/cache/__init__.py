"""What is kept between two builds: light to import, for what is unchanged is known by it alone."""
