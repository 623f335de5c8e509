/**
 * The plain wall for old televisions, in the language of 2009 (ES5). It keeps one request open, shows the picture with
 * which the server answers, and asks again. The server sends a space every 5 s; if nothing comes, it says how old the
 * picture is, and later hides the calls.
 */
(function () {
  "use strict";

  var SILENCE = 9500; // two spaces of 5 s, and the warning is on the screen before 10 s are over
  var GIVE_UP = 12000;
  var AGAIN = 2000;
  var NAMED = 10000;
  var board = document.getElementById("board");
  var alert = document.getElementById("alert");
  var age = document.getElementById("age");
  var words = document.body.dataset;
  var proved = now();
  var drawn = proved;
  var request = null;
  var heard = 0;

  function now() {
    return window.performance && performance.now ? performance.now() : new Date().getTime();
  }

  function about(name) {
    return board.firstElementChild.getAttribute("data-" + name);
  }

  function ask() {
    request = new XMLHttpRequest();
    heard = now();
    request.onprogress = function () {
      heard = proved = now();
    };
    request.onload = answered;
    request.onerror = request.onabort = later;
    request.open("GET", words.next + "?after=" + about("mark") + "&seq=" + about("seq"));
    request.send();
  }

  function answered() {
    var text = request.status === 200 ? request.responseText.replace(/^\s+/, "") : "";
    if (!text) return later();
    board.innerHTML = text; // every text in it was escaped by the server
    drawn = proved = now();
    obey(document.getElementById("order"));
    look();
    return ask();
  }

  /** What a supervisor asks of this screen came with the picture: its name, or to load a page. */
  function obey(order) {
    if (!order) return;
    if (order.getAttribute("data-do") === "reload") location.replace(order.getAttribute("data-path") || location.href);
    setTimeout(function () {
      if (order.parentNode) order.parentNode.removeChild(order);
    }, NAMED);
  }

  function later() {
    request = null;
    setTimeout(ask, AGAIN);
  }

  function two(value) {
    return (value < 10 ? "0" : "") + value;
  }

  function clock() {
    var time = board.querySelector("time");
    var minutes = Math.floor((Number(about("seconds")) + (now() - drawn) / 1000) / 60) % 1440;
    time.textContent = two(Math.floor(minutes / 60)) + ":" + two(minutes % 60);
  }

  function since(ms) {
    var seconds = Math.round(ms / 1000);
    return seconds < 60 ? words.seconds.replace("%", seconds) : words.minutes.replace("%", Math.floor(seconds / 60));
  }

  function look() {
    var silent = now() - proved;
    alert.hidden = silent < SILENCE;
    age.textContent = words.age.replace("%", since(silent));
    document.body.className = silent > Number(about("hide-after")) * 1000 ? "stale" : "";
    clock();
    if (request && now() - heard > GIVE_UP) request.abort();
  }

  /** Each minute the picture moves by some pixels, so that no edge burns in. */
  function move() {
    var step = Math.max(1, Math.round(Math.min(window.innerWidth, window.innerHeight) / 540));
    var turn = Math.floor(now() / 60000);
    var down = ((Math.floor(turn / 3) % 3) - 1) * step;
    board.style.transform = "translate(" + ((turn % 3) - 1) * step + "px," + down + "px)";
  }

  setInterval(move, 60000);
  setInterval(look, 1000);
  look();
  ask();
})();
