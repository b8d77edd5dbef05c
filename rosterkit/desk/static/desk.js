'use strict';
const $ = id => document.getElementById(id);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => name in values ? values[name] : all);
const wait = ms => new Promise(done => setTimeout(done, ms));

// Meja: dropping files

const drop = $('drop');

async function walk(entry, folder, found) {
  if (entry.isFile) { found.push([folder + entry.name, await new Promise((yes, no) => entry.file(yes, no))]); return; }
  const reader = entry.createReader();
  for (;;) { // at most 100 at a time
    const some = await new Promise((yes, no) => reader.readEntries(yes, no));
    if (!some.length) return;
    for (const one of some) await walk(one, folder + entry.name + '/', found);
  }
}

const few = names => names.slice(0, 5).join(', ') + (names.length > 5 ? ` (+${names.length - 5})` : '');

async function send(found, asVersion) {
  const say = drop.dataset, told = { stored: 0, refused: [], same: [], other: [], failed: [], texts: new Set() };
  let next = 0, done = 0;
  const lane = async () => {
    while (next < found.length) {
      const [name, file] = found[next++];
      const address = '/taruh/' + name.split('/').map(encodeURIComponent).join('/') + (asVersion ? '?versi=1' : '');
      try {
        const answer = await fetch(address, { method: 'PUT', body: file });
        if (answer.status === 201) told.stored++;
        else if (answer.status === 200) told.same.push(name);
        else if (answer.status === 409) told.other.push([name, file]);
        else if (answer.status === 422) told.refused.push(name);
        else { told.failed.push(name); const text = (await answer.json()).text; if (text) told.texts.add(text); }
      } catch { told.failed.push(name); }
      $('bar').hidden = false; $('bar').max = found.length; $('bar').value = ++done;
      $('status').textContent = fill(say.sending, { at: done, all: found.length });
    }
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
  $('bar').hidden = true;
  const texts = [fill(say.stored, { count: told.stored })];
  if (told.refused.length) texts.push(fill(say.others, { count: told.refused.length, names: few(told.refused) }));
  if (told.same.length) texts.push(fill(say.same, { name: few(told.same) }));
  $('status').textContent = texts.join(' ');
  $('waiting').hidden = true;
  $('alert').textContent = told.failed.length ? [fill(say.failed, { names: few(told.failed) }), ...told.texts].join(' ') : '';
  const box = $('same-names');
  box.hidden = !told.other.length;
  if (told.other.length) {
    box.querySelector('p').textContent = fill(say.other, { name: few(told.other.map(one => one[0])) });
    $('as-version').onclick = () => { box.hidden = true; send(told.other, true); };
    $('not-stored').onclick = () => { box.hidden = true; };
    $('as-version').focus();
  }
}

async function follow() {
  $('run').disabled = true; $('stop').hidden = false;
  $('alert').textContent = '';
  for (;;) {
    let state;
    try { state = await (await fetch('/keadaan')).json(); } catch { $('alert').textContent = drop.dataset.lost; return; }
    $('bar').hidden = false; $('bar').max = state.all || 1; $('bar').value = state.done;
    $('status').textContent = state.text;
    if (!state.running) { if (state.message) { location.href = '/'; } else { location.href = '/berkas'; } return; }
    await wait(300);
  }
}

if (drop) {
  for (const kind of ['dragenter', 'dragover']) document.addEventListener(kind, event => { event.preventDefault(); drop.classList.add('over'); });
  document.addEventListener('dragleave', event => { if (!event.relatedTarget) drop.classList.remove('over'); });
  document.addEventListener('drop', async event => {
    event.preventDefault(); drop.classList.remove('over');
    const entries = [...event.dataTransfer.items].map(item => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
    const plain = [...event.dataTransfer.files].map(file => [file.name, file]), found = [];
    for (const entry of entries) await walk(entry, '', found);
    await send(found.length ? found : plain, false);
  });
  $('pick-files').onclick = () => $('files').click();
  $('pick-folder').onclick = () => $('folder').click();
  for (const id of ['files', 'folder']) $(id).onchange = async event => {
    const found = [...event.target.files].map(file => [file.webkitRelativePath || file.name, file]);
    await send(found, false);
    event.target.value = '';
  };
  $('run').onclick = async () => {
    try { await fetch('/periksa', { method: 'POST' }); } catch { $('alert').textContent = drop.dataset.lost; return; }
    follow(); // one that goes on already is followed too
  };
  $('stop').onclick = () => fetch('/hentikan', { method: 'POST' });
  if ($('run').dataset.running) follow();
}

// Berkas: filter, sort, copy a reply

const table = $('rows');
if (table) {
  const body = table.tBodies[0], rows = [...body.rows], shown = $('shown');
  const filter = () => {
    const text = $('q').value.trim().toLowerCase(), state = $('state').value;
    let count = 0;
    for (const row of rows) { const on = row.dataset.text.includes(text) && (!state || row.dataset.state === state); row.hidden = !on; count += on; }
    shown.textContent = count || !text ? fill(shown.dataset.some, { count, all: rows.length }) : fill(shown.dataset.none, { text });
  };
  $('q').oninput = filter; $('state').onchange = filter; filter();
  table.querySelectorAll('.sort').forEach((button, column) => button.onclick = () => {
    const head = button.parentElement, up = head.getAttribute('aria-sort') !== 'ascending';
    table.querySelectorAll('[aria-sort]').forEach(other => other.removeAttribute('aria-sort'));
    head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
    const key = row => row.cells[column].textContent.trim();
    rows.sort((a, b) => key(a).localeCompare(key(b), 'id', { numeric: true }) * (up ? 1 : -1)).forEach(row => body.append(row));
  });
}

document.querySelectorAll('.copy').forEach(button => button.onclick = async () => {
  const text = await (await fetch(button.dataset.from)).text();
  await navigator.clipboard.writeText(text.replace(/^\ufeff/, ''));
  button.textContent = button.dataset.done;
});

// Satu berkas: from one marked cell to the next with the arrows

const sheet = $('sheet');
if (sheet) {
  const marks = [...sheet.querySelectorAll('.mark')];
  const below = (mark, way) => {
    const row = mark.closest('tr').rowIndex, column = mark.closest('td,th').cellIndex;
    const lines = marks.filter(other => (other.closest('tr').rowIndex - row) * way > 0);
    if (!lines.length) return null;
    const near = lines[way > 0 ? 0 : lines.length - 1].closest('tr');
    const far = other => Math.abs(other.closest('td,th').cellIndex - column);
    return [...near.querySelectorAll('.mark')].sort((a, b) => far(a) - far(b))[0];
  };
  sheet.addEventListener('keydown', event => {
    const mark = event.target.closest('.mark');
    if (event.key === 'Escape') { document.body.classList.add('quiet'); return; }
    if (!mark) return;
    const at = marks.indexOf(mark);
    const next = { ArrowRight: marks[at + 1], ArrowLeft: marks[at - 1], Home: marks[0], End: marks[marks.length - 1],
      ArrowDown: event.key === 'ArrowDown' && below(mark, 1), ArrowUp: event.key === 'ArrowUp' && below(mark, -1) }[event.key];
    if (next) { event.preventDefault(); next.focus(); }
  });
  for (const kind of ['focusin', 'mouseover']) sheet.addEventListener(kind, () => document.body.classList.remove('quiet'));
}

// Meja: the lists of the office

const takeLists = () => document.querySelectorAll('.put-list').forEach(input => input.onchange = async () => {
  const file = input.files[0];
  if (!file) return;
  let text = drop.dataset.lost;
  try {
    const answer = await fetch(`/acuan/${input.dataset.kind}/${encodeURIComponent(file.name)}`, { method: 'PUT', body: file });
    if (answer.ok) { location.hash = 'acuan'; location.reload(); return; }
    text = (await answer.json()).text;
  } catch { /* it does not answer */ }
  input.value = '';
  $('list-status').textContent = text;
});

async function countLists() {
  while ($('acuan') && $('acuan').dataset.counting) {
    await wait(700);
    try {
      const answer = await fetch('/acuan');
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('acuan');
      if (!fresh || $('acuan').contains(document.activeElement)) continue;
      $('acuan').replaceWith(fresh);
      takeLists();
    } catch { return; }
  }
}
takeLists(); countLists();
