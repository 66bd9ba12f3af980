'use strict';

const LONGEST_HISTORY = 14;
const MOST_LINES = 12;

const $ = (id) => document.getElementById(id);

/**
 * Calls the API and shows the response. A hit has an Age. "no-store" bypasses the browser's own cache.
 */
async function call(method, path, { cached = false, body } = {}) {
    const begin = performance.now();
    let entry;
    try {
        const headers = body === undefined ? {} : { 'Content-Type': 'text/plain' };
        const response = await fetch('api/' + path, { method, body, headers, cache: 'no-store' });
        const text = await response.text();
        entry = {
            status: response.status,
            text,
            age: response.headers.get('Age'),
            body: response.ok ? firstLines(text) : response.statusText,
            verdict: verdict(response, cached),
        };
    } catch (failure) {
        entry = { status: '', age: null, body: String(failure), verdict: 'wrong' };
    }
    show({ ...entry, request: `${method} ${path}`, millis: performance.now() - begin });
    return entry.text;
}

function verdict(response, cached) {
    if (!response.ok) {
        return 'wrong';
    }
    if (response.headers.has('Age')) {
        return 'hit';
    }
    return cached ? 'miss' : 'plain';
}

/** The first lines of the body, one element of a list per line. */
function firstLines(text) {
    const lines = text.split(/(?<=},)/);
    const more = lines.length - MOST_LINES;
    return lines.slice(0, MOST_LINES).join('\n') + (more > 0 ? `\n… and ${more} more` : '');
}

function show({ request, status, age, body, verdict, millis }) {
    const word = { hit: 'hit', miss: 'miss', plain: '–', wrong: 'error' }[verdict];
    const time = millis < 10 ? `${millis.toFixed(1)} ms` : `${Math.round(millis)} ms`;

    $('request').textContent = request;
    const source = {
        hit: `from the cache, Age ${age} s`,
        miss: 'computed, now in the cache',
        plain: 'not cached as a whole',
        wrong: 'an error, never cached',
    }[verdict];
    $('facts').replaceChildren(element('b', verdict, source), ` · status ${status} · ${time}`);
    $('body').textContent = body;

    const row = element('li', verdict);
    // Logarithmic: a bar of 1 ms has the least width, one of 10 s the whole width.
    row.style.setProperty('--width', `${Math.min(100, Math.max(2, 25 * Math.log10(millis)))}%`);
    row.append(
        element('b', '', word), element('span', '', request), element('i', '', status), element('i', '', time));
    $('history').prepend(row);
    while ($('history').children.length > LONGEST_HISTORY) {
        $('history').lastChild.remove();
    }
    $('request').scrollIntoView({ block: 'nearest' });
}

function element(tag, className, text = '') {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
}

/** Fields named in the path go there; the others that are filled in become the query. */
async function submit(form, action) {
    const fields = new FormData(form);
    const price = fields.get('price');
    fields.delete('price');
    let path = form.dataset.path.replace(/{(\w+)}/g, (_, name) => {
        const value = fields.get(name);
        fields.delete(name);
        return encodeURIComponent(value);
    });
    if (action === 'price') {
        await call('PUT', `${path}/price`, { body: price });
    }
    const query = new URLSearchParams([...fields].filter(([, value]) => value !== '')).toString();
    path += query === '' ? '' : `?${query}`;
    await call(form.dataset.method ?? 'GET', path, { cached: form.classList.contains('cached') });
}

/** Every kind of miss and hit once. After the change of a price, a list that contains the book shows the new one. */
async function tour() {
    const cached = { cached: true };
    for (let round = 0; round < 2; round++) {
        await call('GET', 'books?q=lighthouse&page=0&size=20', cached);
    }
    for (let round = 0; round < 2; round++) {
        await call('GET', 'debuts?year=2025', cached);
    }
    const book = JSON.parse(await call('GET', 'books/7', cached));
    const list = `books?author=${encodeURIComponent(book.author)}`;
    for (let round = 0; round < 2; round++) {
        await call('GET', list, cached);
    }
    await call('PUT', 'books/7/price', { body: (5 + 25 * Math.random()).toFixed(2) });
    await call('GET', 'books/7', cached);
    for (let round = 0; round < 2; round++) {
        await call('GET', list, cached);
    }
}

/** Disables the buttons during a call, so that each time is that of one call. */
async function alone(work) {
    const buttons = document.querySelectorAll('button');
    buttons.forEach((button) => (button.disabled = true));
    await work();
    buttons.forEach((button) => (button.disabled = false));
}

for (const form of document.forms) {
    form.addEventListener('submit', (event) => {
        event.preventDefault();
        alone(() => submit(form, event.submitter?.value));
    });
}
$('tour').addEventListener('click', () => alone(tour));
