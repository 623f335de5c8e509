/** A page that was opened on a kiosk goes back to it when nobody has touched it for three minutes. */

const LEFT_MS = 180_000;
let left;

function touched() {
  clearTimeout(left);
  left = setTimeout(() => location.replace(document.body.dataset.back), LEFT_MS);
}

for (const touch of ["pointerdown", "keydown", "scroll"]) addEventListener(touch, touched);
touched();
