// Counts words under every textarea with data-word-limit (0: only counts); the server counts the same way
// (app/proposals/wording.py) and wrote the first line where there was one.
(function () {
  "use strict";
  const WORD = /[\p{L}\p{N}]/u;

  function words(text) {
    return (text.match(/\S+/g) || []).filter((one) => WORD.test(one)).length;
  }

  function line(count, limit) {
    const named = (many) => (many === 1 ? "1 woord" : many + " woorden");
    if (!limit) return named(count);
    if (count > limit) return named(count - limit) + " te veel (van " + limit + ")";
    return "nog " + named(limit - count) + " (van " + limit + ")";
  }

  function made(area) {
    const below = document.createElement("p");
    below.className = "pw-word-count";
    below.id = area.id + "-words";
    (area.closest(".pw-field") || area).insertAdjacentElement(area.closest(".pw-field") ? "beforeend" : "afterend", below);
    return below;
  }

  function watch(area) {
    if (area.dataset.counting) return;
    area.dataset.counting = "yes";
    const limit = Number(area.dataset.wordLimit) || 0;
    const shown = document.getElementById(area.id + "-words") || made(area);
    const spoken = document.createElement("p");
    spoken.className = "pw-visually-hidden";
    spoken.setAttribute("aria-live", "polite");
    shown.insertAdjacentElement("afterend", spoken);
    area.setAttribute("aria-describedby", ((area.getAttribute("aria-describedby") || "") + " " + shown.id).trim());
    let timer = 0;

    function count() {
      const now = words(area.value);
      shown.textContent = line(now, limit);
      shown.toggleAttribute("data-over", Boolean(limit) && now > limit);
      clearTimeout(timer);
      // A screen reader hears it only when the end comes near and typing pauses.
      if (limit && now >= limit * 0.9) timer = setTimeout(() => (spoken.textContent = line(now, limit)), 1500);
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
