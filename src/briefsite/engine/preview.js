// Reloads the page when the preview has something else for its address, and only then.
(() => {
  "use strict";
  const script = document.currentScript;
  let epoch = script.dataset.epoch;

  const ask = async (path) => {
    const answer = await fetch(path, { cache: "no-store" });
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.text();
  };

  const follow = async () => {
    for (;;) {
      try {
        if (document.visibilityState !== "visible") {
          await new Promise((go) => addEventListener("visibilitychange", go, { once: true }));
          continue;
        }
        // Answered when an edit has been read, or after a while.
        const now = await ask(`/livereload/${epoch}/${script.dataset.id}`);
        if (Number(now) <= Number(epoch)) continue;
        // The address is asked for now: the theme changes pages without loading them anew.
        const changed = await ask(`/livereload/changed/${epoch}${location.pathname}`);
        if (changed === "yes") {
          location.reload();
          return;
        }
        epoch = now;
      } catch {
        await new Promise((go) => setTimeout(go, 1000));
      }
    }
  };
  follow();
})();
