/**
 * Lit as the pages use it: `html`, `render`, `nothing`, `repeat`, `classMap`, `live` and so on, from one vendored file;
 * and `vars`, which sets custom properties in a way that the content security policy allows:
 *   html`<span class="bar" ${vars({ "--part": 0.6 })}><i></i></span>`
 * Never write style="..." in a template: the browser refuses it.
 */

import { surviveTranslation } from "./translated.js";
import { Directive, PartType, directive, nothing } from "./vendor/lit-3.3.3.js";

export * from "./vendor/lit-3.3.3.js";

class Vars extends Directive {
  constructor(part) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error("vars stands on the element itself");
  }

  update(part, [properties]) {
    for (const [name, value] of Object.entries(properties)) {
      if (part.element.style.getPropertyValue(name) !== String(value)) part.element.style.setProperty(name, value);
    }
    return nothing;
  }

  render() {
    return nothing;
  }
}

export const vars = directive(Vars);

surviveTranslation();
