// The clock of the pitch that is heard, on the time of the server: <div data-pitch-day data-now data-ends
// data-stand data-stand-url> of evaluation/pitch_today.html. Speaks at 5 and 1 minute and at the end. Asks now and
// then whether another tablet changed something: then the page comes anew, unless somebody is filling it in.
// On a pitch sheet a line says the same of the pitch that is scored: <p data-sheet-clock data-stand-url>.
(function () {
  "use strict";
  const ASK_EVERY = 10000;
  const minutes = (count) => count + (count === 1 ? " minuut" : " minuten");

  function words(left) {
    if (left <= 0) {
      const over = Math.floor(-left / 60);
      return over ? minutes(over) + " over tijd" : "de tijd is om";
    }
    const whole = Math.floor(left / 60);
    return whole ? "nog " + minutes(whole) : "nog minder dan 1 minuut";
  }

  const digits = (left) => (left < 0 ? "+" : "") + Math.floor(Math.abs(left) / 60) + ":" + String(Math.abs(left) % 60).padStart(2, "0");

  async function stand(url) {
    const sent = Date.now();
    const answer = await fetch(url, { headers: { Accept: "application/json" }, cache: "no-store" });
    const reply = answer.ok ? await answer.json() : null;
    const trip = Date.now() - sent;
    if (!reply || !Number.isFinite(reply.now) || trip < 0 || trip > 10000) throw new Error("no time");
    return { ...reply, offset: reply.now + trip / 2 - Date.now() };
  }

  function beside(line) {
    const text = line.querySelector("[data-sheet-clock-text]");
    let known = null;
    let asked = -Infinity;
    const tick = async () => {
      if (performance.now() - asked > ASK_EVERY) {
        asked = performance.now();
        known = await stand(line.dataset.standUrl).catch(() => known);
      }
      const mine = known && known.heard && String(known.heard.proposal) === line.dataset.sheetClock;
      const left = mine ? Math.ceil((known.heard.ends - Date.now() - known.offset) / 1000) : 0;
      text.textContent = mine ? digits(left) + " (" + words(left) + ")" : "deze pitch is nu niet bezig";
      setTimeout(tick, 1000);
    };
    tick();
  }

  document.querySelectorAll("[data-sheet-clock]").forEach(beside);
  const box = document.querySelector("[data-pitch-day]");
  if (!box) return;
  const ends = Number(box.dataset.ends) || 0;
  const clock = box.querySelector("[data-clock]");
  const part = (name) => box.querySelector("[data-clock-" + name + "]");
  const atServer = document.querySelector("[data-clock-server]");
  const hour = new Intl.DateTimeFormat("nl-BE", { timeZone: "Europe/Brussels", hour: "numeric", minute: "2-digit", hourCycle: "h23" });
  let offset = Number(box.dataset.now) - Date.now();
  let drift = Date.now() - performance.now();
  let spoken = null;
  let touched = false;
  let asked = performance.now();

  function speak(tone) {
    const said = { soon: "Nog 5 minuten.", last: "Nog 1 minuut.", over: "De tijd is om." };
    // On opening the page one hears nothing: the text is there to read.
    if (spoken !== null && tone !== spoken) part("say").textContent = said[tone] || "";
    spoken = tone;
  }

  function draw() {
    const now = Date.now() + offset;
    if (atServer) atServer.textContent = hour.format(now).replace(":", "u");
    if (!clock || !ends) return;
    const left = Math.ceil((ends - now) / 1000);
    const tone = left <= 0 ? "over" : left <= 60 ? "last" : left <= 300 ? "soon" : "calm";
    part("time").textContent = digits(left);
    part("words").textContent = words(left);
    ["calm", "soon", "last", "over"].forEach((one) => clock.classList.toggle("pw-pitchclock--" + one, one === tone));
    speak(tone);
  }

  async function ask() {
    asked = performance.now();
    try {
      const reply = await stand(box.dataset.standUrl);
      offset = reply.offset;
      drift = Date.now() - performance.now();
      if (reply.stand === box.dataset.stand) return;
      if (touched) box.querySelector("[data-day-changed]").hidden = false;
      else window.location.replace(box.querySelector("[data-day-changed] a").href);
    } catch {
      // without a connection the clock goes on by itself; the next question comes soon
    }
  }

  function tick() {
    const moved = Date.now() - performance.now() - drift;
    const jumped = Math.abs(moved) > 1500; // the tablet slept, or its clock was set
    if (jumped || performance.now() - asked > ASK_EVERY) ask();
    draw();
    setTimeout(tick, 1000 - ((Date.now() + offset) % 1000) + 5);
  }

  box.addEventListener("input", () => { touched = true; });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  const still = part("still");
  if (still) still.hidden = true;
  draw();
  tick();
})();
