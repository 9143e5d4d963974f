/* Records what a reader feels of a page: when its largest part was there, and what moved on the way. */
window.views = { largest: 0, shifts: 0 };
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.views.largest = entry.startTime;
}).observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.views.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });
