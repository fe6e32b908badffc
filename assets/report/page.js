'use strict';
// Filters and groups the findings that stand in the page. Without this script they all show, by severity.
(() => {
  const form = document.getElementById('filters');
  const list = document.getElementById('findings');
  const shown = document.getElementById('shown');
  const cards = [...list.querySelectorAll('.finding')];
  const words = new Map(cards.map(card => [card, card.textContent.toLowerCase()]));
  const order = ['critical', 'high', 'medium', 'low', 'informational'];

  function matches(card, data) {
    const { severity, stack, state } = card.dataset;
    return data.getAll('severity').includes(severity)
      && (state === 'open' || data.getAll('state').includes(state))
      && (data.get('stack') === '' || data.get('stack') === stack)
      && data.get('text').toLowerCase().split(/\s+/).every(word => words.get(card).includes(word));
  }

  function show() {
    const data = new FormData(form);
    const visible = cards.filter(card => matches(card, data));
    const by = data.get('group');
    const groups = new Map();
    for (const card of visible) {
      const name = card.dataset[by] || 'no function';
      groups.set(name, [...groups.get(name) ?? [], card]);
    }
    list.replaceChildren(...[...groups].sort(comparing(by)).flatMap(([name, members]) => {
      const heading = document.createElement('h2');
      heading.textContent = `${name} (${members.length})`;
      return [heading, ...members];
    }));
    shown.textContent = `${visible.length} of ${cards.length} shown`;
  }

  function comparing(by) {
    return ([a], [b]) => by === 'severity' ? order.indexOf(a) - order.indexOf(b) : a.localeCompare(b);
  }

  async function copy(button) {
    const text = button.parentElement.querySelector('code').textContent;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = 'Copied';
    } catch {
      // Pages opened from a file may not write to the clipboard: mark the text, so that a key press copies it.
      getSelection().selectAllChildren(button.parentElement.querySelector('code'));
      button.textContent = 'Marked';
    }
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  }

  form.addEventListener('input', show);
  form.addEventListener('submit', event => event.preventDefault());
  document.addEventListener('click', event => event.target.matches('.copy') && copy(event.target));
  show();
  if (location.hash) document.getElementById(location.hash.slice(1))?.setAttribute('open', '');
})();
