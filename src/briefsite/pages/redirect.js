// A moved page without its anchor would lose the claim that a link names; only a script sees it.
location.replace(document.querySelector("link[rel=canonical]").href + location.search + location.hash);
