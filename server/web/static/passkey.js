/**
 * A form that asks for a passkey before it is sent: <form data-passkey="create|get" data-options="...">, with a hidden
 * field `credential` for the answer and a hidden alert for the case that there is none.
 */

const form = document.querySelector("form[data-passkey]");
const alert = form.querySelector("[role=alert]");

async function asked() {
  const options = JSON.parse(form.dataset.options);
  if (form.dataset.passkey === "create") {
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
  }
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  alert.hidden = true;
  try {
    form.elements.credential.value = JSON.stringify((await asked()).toJSON());
  } catch {  // refused, too late, or a browser without passkeys
    alert.hidden = false;
    return;
  }
  form.submit();
});
