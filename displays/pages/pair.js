/**
 * A new screen asks for a code, shows it, and listens until a supervisor has typed it; then it collects its token and
 * goes to its page. A script of 2009 (ES5), because old televisions are set up here too.
 */
(function () {
  "use strict";

  var AGAIN = 3000;
  var SILENCE = 12000; // two beats of 5 s are missing
  var RENEW = 570000; // a new code half a minute before the old one ends
  var claim = null;
  var socket = null;
  var timers = {};

  function at(id) {
    return document.getElementById(id);
  }

  function after(name, ms, work) {
    clearTimeout(timers[name]);
    timers[name] = setTimeout(work, ms);
  }

  function away(is) {
    at("away").hidden = !is;
  }

  /** A new code and a new claim. */
  function begin() {
    var request = new XMLHttpRequest();
    drop();
    request.open("POST", "/api/v1/pairings");
    request.setRequestHeader("Content-Type", "application/json");
    request.onload = function () {
      if (request.status !== 200) return failed();
      var said = JSON.parse(request.responseText);
      claim = said.claim;
      show(said.code);
      after("renew", RENEW, begin);
      return listen();
    };
    request.onerror = failed;
    request.send(JSON.stringify({ kinds: ["display", "kiosk", "station"] }));
  }

  function failed() {
    away(true);
    after("again", AGAIN, begin);
  }

  /** In two halves, which are easier to type. */
  function show(code) {
    var half = code.length / 2;
    var parts = at("code").children;
    parts[0].textContent = code.slice(0, half);
    parts[1].textContent = code.slice(half);
    at("code").hidden = false;
    away(false);
  }

  function listen() {
    var mine;
    drop();
    mine = socket = new WebSocket((location.protocol === "https:" ? "wss://" : "ws://") + location.host
      + "/api/v1/live");
    mine.onopen = function () {
      mine.send(JSON.stringify({ type: "hello", board: "pairing", id: claim }));
    };
    mine.onmessage = function (event) {
      away(false);
      after("silence", SILENCE, lost);
      hear(JSON.parse(event.data));
    };
    mine.onclose = function (event) {
      if (mine !== socket) return undefined;
      return event.code === 4404 ? begin() : lost(); // 4404: this code is over
    };
    after("silence", SILENCE, lost);
  }

  function drop() {
    var old = socket;
    socket = null;
    clearTimeout(timers.silence);
    if (old) old.close();
  }

  function lost() {
    drop();
    away(true);
    after("again", AGAIN, listen);
  }

  function hear(frame) {
    if (frame.type !== "board" || !frame.board.id) return;
    var form = at("collect");
    drop();
    clearTimeout(timers.renew);
    at("done").textContent = at("done").getAttribute("data-text").replace("%", frame.board.name || frame.board.id);
    form.elements.claim.value = claim;
    form.submit();
  }

  at("insecure").hidden = window.isSecureContext !== false;
  begin();
})();
