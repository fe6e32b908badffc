'use strict';
// Moves the picture of who can do what, and joins it with the list beside it. Without this script both show all that they have.
(() => {
  const picture = document.getElementById('graph');
  const list = document.querySelector('.graph .list');
  const find = document.getElementById('find');
  const nodes = [...picture.querySelectorAll('.node')];
  const edges = [...picture.querySelectorAll('.edge')];
  const texts = [...picture.querySelectorAll('.how')];
  const entries = [...list.querySelectorAll('details')];
  const words = new Map(entries.map(entry => [entry, entry.textContent.toLowerCase()]));
  const whole = picture.viewBox.baseVal;
  const all = { x: 0, y: 0, width: whole.width, height: whole.height };
  /** How many pixels of the screen a pixel of the picture is where its text can just be read, and at most. */
  const [READABLE, LARGEST] = [0.7, 3];
  let shown = all;

  // Where the picture is.
  const scale = () => Math.min(picture.clientWidth / shown.width, picture.clientHeight / shown.height) || 1;

  function show({ x, y, width, height }) {
    shown = { x, y, width, height };
    picture.setAttribute('viewBox', `${x} ${y} ${width} ${height}`);
  }

  function move(right, down) {
    show({ ...shown, x: shown.x + right / scale(), y: shown.y + down / scale() });
  }

  /** Makes everything larger by a factor, around a point of the picture that stays where it is. */
  function zoom(factor, { x, y } = middle(shown)) {
    const smallest = Math.min(picture.clientWidth / all.width, picture.clientHeight / all.height) / 2;
    const wanted = Math.min(Math.max(scale() * factor, Math.min(smallest, scale())), Math.max(LARGEST, scale()));
    const by = scale() / wanted;
    show({ x: x - (x - shown.x) * by, y: y - (y - shown.y) * by, width: shown.width * by, height: shown.height * by });
  }

  const middle = ({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 });
  const pointAt = ({ clientX, clientY }) => new DOMPoint(clientX, clientY).matrixTransform(picture.getScreenCTM().inverse());

  /** Shows all, as long as its text can be read, or else where it begins. */
  function begin() {
    show(all);
    if (scale() >= READABLE) return;
    const [width, height] = [picture.clientWidth / READABLE, picture.clientHeight / READABLE];
    const { x, y, width: w, height: h } = (picture.querySelector('.node.internet') ?? nodes[0]).getBBox();
    const inside = (value, size, most) => size >= most ? (most - size) / 2 : Math.min(Math.max(value, 0), most - size);
    show({ x: inside(x + w / 2 - width / 4, width, all.width), y: inside(y + h / 2 - height / 2, height, all.height), width, height });
  }

  /** Brings some of it into view, with a margin. */
  function reveal(parts) {
    const boxes = parts.map(part => part.getBBox());
    const [left, top] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
    const [right, bottom] = [Math.max(...boxes.map(({ x, width }) => x + width)), Math.max(...boxes.map(({ y, height }) => y + height))];
    const isSeen = left >= shown.x && top >= shown.y && right <= shown.x + shown.width && bottom <= shown.y + shown.height;
    if (isSeen && scale() >= READABLE) return;
    const width = Math.max(right - left + 60, picture.clientWidth / 1.2);
    const height = Math.max(bottom - top + 60, picture.clientHeight / 1.2);
    show({ x: (left + right - width) / 2, y: (top + bottom - height) / 2, width, height });
  }

  // What is focused.
  function mark(near, chosen = []) {
    picture.classList.toggle('focused', near.length > 0);
    const ends = new Set(near.flatMap(({ dataset: { from, to } }) => [from, to]).concat(chosen));
    edges.forEach(edge => edge.classList.toggle('near', near.includes(edge)));
    nodes.forEach(node => node.classList.toggle('near', ends.has(node.dataset.node)));
    nodes.forEach(node => node.classList.toggle('chosen', chosen.includes(node.dataset.node)));
    texts.forEach((text, at) => text.classList.toggle('near', near.includes(edges[at])));
    spread(texts.filter(text => text.matches('.near')));
    if (ends.size > 0) reveal(nodes.filter(node => ends.has(node.dataset.node)));
  }

  /** Moves texts that would stand on each other, or on what is focused, downwards. */
  function spread(near) {
    const placed = nodes.filter(node => node.matches('.near')).map(node => node.getBBox());
    near.forEach(text => text.removeAttribute('dy'));
    for (const text of near.sort((a, b) => a.y.baseVal[0].value - b.y.baseVal[0].value)) {
      const { x, y, width, height } = text.getBBox();
      let down = 0;
      const hits = other => x < other.x + other.width && other.x < x + width && y + down < other.y + other.height && other.y < y + down + height;
      for (let at = placed.find(hits); at; at = placed.find(hits)) down = at.y + at.height - y + 1;
      text.setAttribute('dy', down);
      placed.push({ x, y: y + down, width, height });
    }
  }

  /** A function and its role are as one: what the role may do, the function does. */
  function around(node) {
    const own = edges.filter(edge => edge.matches('.runs-as') && [edge.dataset.from, edge.dataset.to].includes(node)).flatMap(({ dataset: { from, to } }) => [from, to]);
    const ones = new Set([node, ...own]);
    return edges.filter(({ dataset: { from, to } }) => ones.has(from) || ones.has(to));
  }

  function focus(entry) {
    entries.forEach(other => { if (other !== entry) other.open = false; });
    const [frame, { top, bottom }] = [list, entry].map(part => part.getBoundingClientRect());
    if (top < frame.top || bottom > frame.bottom) list.scrollTop += top - frame.top - 8;
    const steps = entry.dataset.edges?.split(' ');
    if (steps) return mark(edges.filter(edge => steps.includes(edge.dataset.edge)));
    const node = entry.id.replace('node-', '');
    return mark(around(node), [node]);
  }

  function open(entry) {
    entry.hidden = false;
    entry.open = true;
    focus(entry);
  }

  function clear() {
    entries.forEach(entry => { entry.open = false; });
    mark([]);
  }

  list.addEventListener('toggle', ({ target }) => {
    if (target.open) focus(target);
    else if (!entries.some(entry => entry.open)) mark([]);
  }, true);
  list.addEventListener('click', event => {
    const link = event.target.closest('a');
    if (!link) return;
    event.preventDefault();
    const entry = document.getElementById(link.hash.slice(1));
    open(entry);
    entry.querySelector('summary').focus({ preventScroll: true });
  });
  find.addEventListener('input', () => {
    const wanted = find.value.toLowerCase().split(/\s+/);
    entries.forEach(entry => { entry.hidden = !wanted.every(word => words.get(entry).includes(word)); });
  });

  // By pointer: one moves, two zoom; one that doesn't move chooses.
  const pointers = new Map();
  let moved = 0;
  picture.addEventListener('pointerdown', event => {
    pointers.set(event.pointerId, event);
    moved = 0;
  });
  picture.addEventListener('pointermove', event => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const [right, down] = [before.clientX - event.clientX, before.clientY - event.clientY];
    moved += Math.abs(right) + Math.abs(down);
    if (moved > 4) {
      picture.setPointerCapture(event.pointerId);
      picture.classList.add('moving');
    }
    const other = [...pointers.values()].find(({ pointerId }) => pointerId !== event.pointerId);
    if (other) {
      const distance = one => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
      zoom(distance(event) / distance(before), pointAt(other));
    } else if (moved > 4) move(right, down);
    pointers.set(event.pointerId, event);
  });
  ['pointerup', 'pointercancel'].forEach(name => picture.addEventListener(name, event => {
    pointers.delete(event.pointerId);
    picture.classList.remove('moving');
  }));
  picture.addEventListener('click', event => {
    if (moved > 4) return;
    const node = event.target.closest('.node');
    if (node) open(document.getElementById(`node-${node.dataset.node}`));
    else clear();
  });
  // Without Ctrl, which pinching sets, too, the wheel moves the page.
  picture.addEventListener('wheel', event => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 300), pointAt(event));
  }, { passive: false });

  const STEP = 60;
  const keys = {
    'ArrowLeft': () => move(-STEP, 0),
    'ArrowRight': () => move(STEP, 0),
    'ArrowUp': () => move(0, -STEP),
    'ArrowDown': () => move(0, STEP),
    '+': () => zoom(1.25),
    '=': () => zoom(1.25),
    '-': () => zoom(0.8),
    '0': () => show(all),
  };
  picture.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });
  document.querySelector('.graph').addEventListener('keydown', ({ key }) => key === 'Escape' && clear());

  const tools = document.querySelector('.tools');
  const does = { in: () => zoom(1.25), out: () => zoom(0.8), all: () => show(all), clear };
  tools.addEventListener('click', ({ target }) => does[target.dataset.does]?.());
  tools.hidden = false;
  begin();
})();
