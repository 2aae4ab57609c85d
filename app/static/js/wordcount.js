// Counts words under every textarea with data-word-limit; the server counts again and has the last word.
(function () {
  "use strict";

  function watch(area) {
    if (area.dataset.counting) return;
    area.dataset.counting = "yes";
    const limit = Number(area.dataset.wordLimit) || 0;
    const line = document.createElement("p");
    line.className = "pw-word-count";
    line.id = area.id + "-words";
    area.insertAdjacentElement("afterend", line);
    const spoken = document.createElement("p");
    spoken.className = "pw-visually-hidden";
    spoken.setAttribute("aria-live", "polite");
    line.insertAdjacentElement("afterend", spoken);
    area.setAttribute("aria-describedby", ((area.getAttribute("aria-describedby") || "") + " " + line.id).trim());
    let timer = 0;

    function text(words) {
      if (!limit) return words === 1 ? "1 woord" : words + " woorden";
      if (words > limit) return words + " van " + limit + " woorden: " + (words - limit) + " te veel";
      return words + " van " + limit + " woorden";
    }
    function count() {
      const words = (area.value.trim().match(/\S+/g) || []).length;
      line.textContent = text(words);
      line.toggleAttribute("data-over", Boolean(limit) && words > limit);
      clearTimeout(timer);
      // A screen reader hears it only when the end comes near and typing pauses.
      if (limit && words >= limit * 0.9) timer = setTimeout(() => (spoken.textContent = text(words)), 1500);
    }
    area.addEventListener("input", count);
    count();
  }

  function watchAll(root) {
    root.querySelectorAll("textarea[data-word-limit]").forEach(watch);
  }
  watchAll(document);
  document.body.addEventListener("htmx:afterSwap", () => watchAll(document));
})();
