/* Records when frames are drawn: `start()`, then `stop()` gives their lengths in milliseconds. */
window.frames_drawn = (() => {
  let times = [], asked = 0;
  const note = (now) => {
    times.push(now);
    asked = requestAnimationFrame(note);
  };
  const frame = () => new Promise(requestAnimationFrame);
  const moving = () => document.querySelector(".leaflet-zoom-anim");
  return {
    start: () => { times = []; asked = requestAnimationFrame(note); },
    stop: () => { cancelAnimationFrame(asked); return times.slice(1).map((time, n) => time - times[n]); },
    /* The zoom begins with the next frame; when it has ended, the labels come a few frames later. */
    rest: async () => {
      for (let n = 0; n < 4; n++) await frame();
      while (moving()) await frame();
      for (let n = 0; n < 6; n++) await frame();
    },
  };
})();
