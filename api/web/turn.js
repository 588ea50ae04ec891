// One question and its answer on the page, from the moment it is asked.

import { colophon, lead, nearest, quotes, sources, statement } from "./answer.js";
import { button, element } from "./dom.js";
import { besideViews, views } from "./views.js";
import { count, narrowing, unknownWords } from "./words.js";

/** Shows a turn of store.js. `again` asks its question anew, `wider` the same in all articles, `ask` another one. */
export class TurnView {
  constructor(turn, { again, wider, ask }) {
    this.turn = turn;
    this.actions = { again, wider, ask };
    this.streamed = turn.partial ?? [];
    // Of a fixed least height, so that what it is filled with moves nothing that is being read.
    this.lead = element("div", { className: "lead" });
    this.statements = element("div", { className: "statements" });
    this.rest = element("div", { className: "rest" });
    this.live = element("div", { className: "answer" }, this.lead, this.statements);
    const where = narrowing(turn.filters ?? {});
    this.element = element(
      "li",
      {},
      element("h2", { tabIndex: -1, dir: "auto" }, turn.question),
      where && element("p", { className: "where" }, `Asked of ${where}`),
      this.live,
      this.rest,
    );
    this.statements.append(...this.streamed.map((one) => statement(one, this.siblings)));
    if (turn.answer) this.finish(turn.answer);
    else if (turn.failure) this.fail(turn.failure);
  }

  /** The citations of this answer, as far as it goes. */
  siblings = () => {
    const cited = this.turn.answer?.citations ?? this.streamed.flatMap((one) => one.citations);
    return [...new Map(cited.map((one) => [one.number, one])).values()];
  };

  begin() {
    this.live.setAttribute("aria-live", "polite");
    this.wait("Looking for passages …");
  }

  retrieved({ question, standalone_question: standalone, passages, articles }) {
    const found = `${count(passages, "passage")} from ${count(articles, "article")}`;
    this.turn.read = passages ? `Read: ${found}` : null;
    this.wait(
      passages ? `Reading ${found} …` : "Nothing was found …",
      standalone !== question && `Understood as: ${standalone}`,
    );
  }

  wait(...lines) {
    const said = lines.filter(Boolean).map((line) => element("p", { className: "progress" }, line));
    this.lead.replaceChildren(...said, element("span", { className: "pulse", "aria-hidden": "true" }));
  }

  /** Shows the quotes that answer, below the place where the written answer will stand. */
  quick(answer) {
    this.rest.replaceChildren(quotes(answer));
  }

  add(one) {
    this.streamed.push(one);
    this.statements.append(statement(one, this.siblings));
  }

  /** Shows the whole answer. Statements that were streamed as they are stay where they are, unless a side quotes them. */
  finish(answer) {
    this.turn.answer = answer;
    delete this.turn.partial;
    if (answer.status === "not_in_sources") return this.decline(answer);
    if (answer.status !== "answered") return this.introduce(answer);
    const said = besideViews(answer);
    const same = this.streamed.findIndex((one, at) => !equal(one, said[at]));
    const kept = same < 0 ? this.streamed.length : same;
    for (const late of [...this.statements.children].slice(kept)) late.remove();
    this.statements.append(...said.slice(kept).map((one) => statement(one, this.siblings)));
    const shown = lead(answer, this.turn.read);
    this.lead.replaceChildren(...shown);
    this.lead.hidden = !shown.length && !this.streamed.length;
    this.rest.replaceChildren(
      ...[views(answer, this.siblings), sources(answer, this.siblings), colophon(answer)].filter(Boolean),
    );
  }

  /** The articles don't say: shows which words none of them has and what comes nearest, and offers to look in all. */
  decline(answer) {
    const unknown = unknownWords(answer);
    this.lead.replaceChildren(
      element("p", { className: "short" }, answer.answer),
      ...(unknown ? [element("p", { className: "agreement", dir: "auto" }, unknown)] : []),
    );
    this.statements.replaceChildren();
    const narrowed = narrowing(this.turn.filters ?? {});
    this.rest.replaceChildren(
      ...[
        narrowed && button("Ask all articles", () => this.actions.wider(this.turn), { className: "outlined" }),
        nearest(answer.pointers ?? [], "What comes nearest, and is no answer"),
        colophon(answer),
      ].filter(Boolean),
    );
  }

  /** The service itself was asked: tells of the articles that there are, and what to ask of them. */
  introduce(answer) {
    this.lead.replaceChildren(
      element("p", { className: "about" }, answer.answer),
      element("p", { className: "agreement" }, "Told from the list of articles, not cited from any."),
    );
    const asked = answer.suggestions.map((one) => button(one, () => this.actions.ask(one), { className: "example" }));
    this.rest.replaceChildren(
      ...[
        nearest(answer.pointers, "Some of the articles"),
        asked.length > 0 && element("div", { className: "suggestions" }, ...asked),
        colophon(answer),
      ].filter(Boolean),
    );
  }

  fail(message) {
    this.turn.failure = message;
    this.turn.partial = this.streamed; // what was shown stood on its sources, and stays
    this.lead.hidden = !this.streamed.length;
    this.lead.replaceChildren(element("p", { className: "agreement" }, "What was found until then:"));
    this.rest.replaceChildren(
      element("p", { className: "failure" }, message),
      button("Ask again", () => this.actions.again(this.turn), { className: "outlined" }),
    );
  }

  /** Ends what only the wait for the answer needed. */
  settle() {
    // Later, so that the last of it is still read out.
    setTimeout(() => this.live.removeAttribute("aria-live"), 1000);
  }
}

const equal = (one, other) => JSON.stringify(one) === JSON.stringify(other);
