// Comfort beside the source: how many lines are ticked, and a stretch of them with the shift key.
(function () {
  "use strict";

  const boxes = [...document.querySelectorAll(".pw-review__lines input[type=checkbox]")];
  const count = document.querySelector("[data-review-count]");
  let last = null;

  function tell() {
    const ticked = boxes.filter((box) => box.checked).length;
    if (count) count.textContent = ticked ? `(${ticked} aangekruist)` : "";
  }

  boxes.forEach((box, place) => {
    box.addEventListener("click", (event) => {
      if (event.shiftKey && last !== null) {
        const [from, to] = [Math.min(last, place), Math.max(last, place)];
        boxes.slice(from, to + 1).forEach((one) => { one.checked = box.checked; });
      }
      last = place;
      tell();
    });
  });
  tell();
})();
