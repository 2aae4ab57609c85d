// Counts down to a deadline on the time of the server: <div data-deadline data-now data-sync> of
// _components/deadline_clock.html. The clock of this computer only measures how much time passes; whether it runs
// wrong, stands in another zone or changes to summer time makes no difference. What was typed is never touched.
(function () {
  "use strict";
  const SYNC_EVERY = 60000;
  const SYNC_NEAR_END = 15000;
  const JUMP = 1500; // more between the two clocks of the browser: it slept, or its time was changed
  const SPOKEN = [[3600, "Nog 1 uur"], [900, "Nog 15 minuten"], [300, "Nog 5 minuten"], [60, "Nog 1 minuut"]];
  const timeOfDay = new Intl.DateTimeFormat("nl-BE", {
    timeZone: "Europe/Brussels", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
  });

  function inWords(seconds) {
    const days = Math.floor(seconds / 86400);
    const hours = Math.floor(seconds / 3600) % 24;
    const minutes = Math.floor(seconds / 60) % 60;
    const parts = [];
    if (days) parts.push(days + (days === 1 ? " dag" : " dagen"));
    if (parts.length || hours) parts.push(hours + " uur");
    if (parts.length || minutes) parts.push(minutes + " min");
    const rest = String(seconds % 60);
    parts.push((parts.length ? rest.padStart(2, "0") : rest) + " s");
    return parts.join(" ");
  }

  function start(box) {
    const part = (name) => box.querySelector("[data-deadline-" + name + "]");
    let deadline = Number(box.dataset.deadline);
    let offset = Number(box.dataset.now) - Date.now();
    let drift = Date.now() - performance.now();
    let spoken = Infinity;
    let wasOver = null;
    let lastSync = 0;
    let busy = false;
    let again = false; // somebody asked while an answer was under way: that one may be of before

    const serverNow = () => Date.now() + offset;
    const secondsLeft = () => Math.ceil((deadline - serverNow()) / 1000);

    function say(text) {
      part("say").textContent = text;
    }

    function speak(left) {
      const passed = SPOKEN.filter(([at]) => left <= at);
      const [at, words] = passed[passed.length - 1] || [Infinity, ""];
      // On opening the page one hears nothing: the text is there to read.
      if (at < spoken && wasOver !== null && left > 0) say(words + " om in te dienen.");
      spoken = at;
    }

    function draw() {
      const left = secondsLeft();
      const over = left <= 0;
      speak(left);
      part("left").textContent = over ? "De termijn is voorbij" : "Nog " + inWords(left);
      part("server").textContent = timeOfDay.format(serverNow());
      box.classList.toggle("pw-deadline--over", over);
      box.classList.toggle("pw-deadline--soon", !over && left <= 3600);
      if (over !== wasOver) shut(over);
      if (over && wasOver === false) {
        say("De termijn is voorbij. Wat je typte blijft staan.");
        sync();
      }
      wasOver = over;
    }

    // Nothing on the page still promises what the server refuses; a deadline that is moved brings it back.
    function shut(over) {
      document.querySelectorAll("[data-until-deadline]").forEach((one) => { one.hidden = over; });
      document.querySelectorAll("[data-after-deadline]").forEach((one) => { one.hidden = !over; });
    }

    async function sync() {
      if (!box.dataset.sync) return;
      again = busy;
      if (busy) return;
      busy = true;
      lastSync = performance.now();
      try {
        const asked = Date.now();
        const answer = await fetch(box.dataset.sync, { headers: { Accept: "application/json" }, cache: "no-store" });
        const reply = answer.ok ? await answer.json() : null;
        if (!reply || !Number.isFinite(reply.now)) throw new Error("no time");
        const answered = Date.now();
        // Half of the way there and back; a trip during which the clock jumped says nothing.
        const trip = answered - asked;
        if (trip >= 0 && trip < 10000) offset = reply.now + trip / 2 - answered;
        heed(reply);
        part("note").textContent = "";
      } catch {
        part("note").textContent = "(geen verbinding: even niet nagekeken)";
      } finally {
        busy = false;
        drift = Date.now() - performance.now();
        draw();
        if (again) sync();
      }
    }

    function heed(reply) {
      if (!Number.isFinite(reply.deadline) || reply.deadline === deadline) return;
      deadline = reply.deadline;
      spoken = Infinity;
      part("until").textContent = " – tot en met " + reply.until + " (Belgische tijd)";
      say("De uiterste datum is gewijzigd: tot en met " + reply.until + ".");
    }

    function tick() {
      // A clock that was set, or a computer that slept: until the server is asked, go on with what passed.
      const moved = Date.now() - performance.now() - drift;
      const jumped = Math.abs(moved) > JUMP;
      if (jumped) drift += moved;
      const near = secondsLeft() < 300;
      if (jumped || performance.now() - lastSync > (near ? SYNC_NEAR_END : SYNC_EVERY)) sync();
      draw();
      setTimeout(tick, 1000 - (serverNow() % 1000) + 5);
    }

    document.addEventListener("visibilitychange", () => { if (!document.hidden) sync(); });
    window.addEventListener("pageshow", (event) => { if (event.persisted) sync(); });
    window.addEventListener("online", sync);
    part("still").hidden = true;
    draw();
    sync();
    tick();
  }

  document.querySelectorAll("[data-deadline]").forEach(start);
})();
