'use strict';

const POLL_MILLIS = 2000;
const WINDOW_MILLIS = 15 * 60 * 1000;
/** Numbers "now" are those of this time. */
const RECENT_MILLIS = 10 * 1000;
/** For how long the page shows what became of a change. */
const RESULT_MILLIS = 8000;
const RESULTS = ['hit', 'stale', 'miss', 'bypass'];
const SVG = 'http://www.w3.org/2000/svg';

const $ = (id) => document.getElementById(id);

/** What data.json said: {time, methods: Map of name to its counts}. The oldest first. */
const samples = [];
let latest;
let cursor; // the time that the pointer shows in the plots, or undefined

// --- loading ---

async function poll() {
    try {
        const response = await fetch('data.json', { cache: 'no-store' });
        if (isSignedOut(response)) {
            showState('wrong', 'You are signed out, or have lost the role. Reload the page to sign in.');
        } else if (!response.ok) {
            showState('wrong', `The application responds with status ${response.status}. These numbers are old.`);
        } else {
            add(await response.json());
            showState('live', 'Live, every 2 seconds');
            $('main').hidden = false;
            render();
        }
    } catch (failure) {
        showState('wrong', 'The application does not respond. These numbers are old.');
    }
    setTimeout(poll, POLL_MILLIS);
}

/** An application with a login page sends that with status 200. */
function isSignedOut(response) {
    const isJson = (response.headers.get('Content-Type') ?? '').startsWith('application/json');
    return response.status === 401 || response.status === 403 || (response.ok && !isJson);
}

function add(data) {
    // the counts of an application that was deployed again begin at zero
    if (latest && (data.started !== latest.started || data.time < latest.time)) {
        samples.length = 0;
    }
    latest = data;
    samples.push({ time: data.time, methods: new Map(data.methods.map((method) => [method.name, method])) });
    while (samples[0].time < data.time - WINDOW_MILLIS - POLL_MILLIS) {
        samples.shift();
    }
}

/** A screen reader reads the text again when it changes, so it is written only then. */
function showState(className, text) {
    const state = $('state');
    if (state.textContent !== text) {
        state.className = className;
        state.textContent = text;
    }
}

// --- numbers ---

/** The results of a method since its deployment, or the increase since an earlier sample of it. */
function counts(method, earlier) {
    const found = {};
    for (const result of RESULTS) {
        // a reset of the statistics makes counts smaller
        found[result] = Math.max(0, method[result] - (earlier?.[result] ?? 0));
    }
    return found;
}

function sum(all) {
    const total = Object.fromEntries(RESULTS.map((result) => [result, 0]));
    for (const each of all) {
        RESULTS.forEach((result) => (total[result] += each[result]));
    }
    return total;
}

const requestsOf = (of) => RESULTS.reduce((total, result) => total + of[result], 0);

/** The share of the requests that did not wait for the method; undefined without requests. */
function hitRate(of) {
    const looked = of.hit + of.stale + of.miss;
    return looked === 0 ? undefined : (of.hit + of.stale) / looked;
}

/** The last sample that is at least so old; else the oldest. */
function sampleBefore(time) {
    let low = 0;
    let high = samples.length - 1;
    while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (samples[middle].time <= time) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return samples[low];
}

/** The requests per second by result between two samples, of one method or of all. */
function rates(from, to, name) {
    const seconds = (to.time - from.time) / 1000;
    const names = name === undefined ? [...to.methods.keys()] : [name];
    const total = sum(names.map((each) => counts(to.methods.get(each), from.methods.get(each))));
    if (seconds > 0) {
        RESULTS.forEach((result) => (total[result] /= seconds));
    }
    return total;
}

/** The rates over time, of one method or of all: [{time, hit, stale, miss, bypass}]. */
function series(name) {
    const points = [];
    for (let i = 1; i < samples.length; i++) {
        points.push({ time: samples[i].time, ...rates(samples[i - 1], samples[i], name) });
    }
    return points;
}

function recent(name) {
    const to = samples[samples.length - 1];
    return rates(sampleBefore(to.time - RECENT_MILLIS), to, name);
}

const loadMillis = (method) => (method.loads === 0 ? undefined : method.loadMillis / method.loads);

const whole = new Intl.NumberFormat('en');
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

const number = (value) => (value < 0 ? '–' : value < 100000 ? whole.format(value) : short.format(value));

function perSecond(value) {
    return value === 0 ? '0' : value < 0.1 ? '< 0.1' : value < 10 ? value.toFixed(1) : short.format(Math.round(value));
}

function percent(share) {
    if (share === undefined) {
        return '–';
    }
    const text = (100 * share).toFixed(share > 0.99 || share < 0.1 ? 1 : 0);
    // 100 % is for what never missed
    return `${share < 1 && text === '100.0' ? '99.9' : text.replace(/\.0$/, '')}\u00a0%`;
}

function bytes(value) {
    if (value < 0) {
        return '–';
    }
    const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
    let unit = 0;
    for (; value >= 1024 && unit < units.length - 1; unit++) {
        value /= 1024;
    }
    return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)}\u00a0${units[unit]}`;
}

function duration(millis) {
    if (millis === undefined) {
        return '–';
    }
    const steps = [[1, 'µs', 1000], [1000, 'ms', 1], [60 * 1000, 's', 0.001], [3600 * 1000, 'min', 1 / 60000],
        [48 * 3600 * 1000, 'h', 1 / 3600000], [Infinity, 'd', 1 / 86400000]];
    if (millis === 0) {
        return '0 ms';
    }
    const [, unit, factor] = steps.find(([limit]) => millis < limit);
    const value = millis * factor;
    return `${value < 10 ? value.toFixed(1) : short.format(Math.round(value))}\u00a0${unit}`;
}

// --- the page ---

function element(tag, className, ...content) {
    const created = document.createElement(tag);
    created.className = className;
    created.append(...content);
    return created;
}

function shape(tag, attributes, text = '') {
    const created = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) {
        created.setAttribute(name, value);
    }
    created.textContent = text;
    return created;
}

function render() {
    $('application').textContent = `${latest.application} · version ${latest.version}`;
    document.title = `Larder – ${latest.application}`;
    renderTiles();
    renderPlots();
    renderMethods();
    renderBackends();
}

const nowRate = (of) => (hitRate(of) === undefined ? '' : `${percent(hitRate(of))}\u00a0now`);

function renderTiles() {
    const total = sum(latest.methods);
    const now = recent();
    const saved = latest.methods.reduce((all, method) => all + method.savedMillis, 0);
    const known = latest.backends.filter((backend) => backend.entries >= 0);
    const size = latest.backends.filter((backend) => backend.bytes >= 0);
    const totalOf = (all, member) => all.reduce((sumOf, each) => sumOf + each[member], 0);

    $('hit-rate').textContent = percent(hitRate(total));
    $('hit-rate-more').textContent = `since deployment${hitRate(now) === undefined ? '' : `; ${nowRate(now)}`}`;
    $('requests').textContent = `${perSecond(requestsOf(now))}\u00a0/s`;
    $('requests-more').textContent = `${number(requestsOf(total))} since deployment`;
    $('saved').textContent = duration(saved);
    $('saved-more').textContent = 'of running methods';
    $('entries').textContent = known.length === 0 ? '–' : number(totalOf(known, 'entries'));
    $('entries-more').textContent = size.length === 0
        ? 'the stores do not tell their sizes' : bytes(totalOf(size, 'bytes'));
}

// --- plots ---

function renderPlots() {
    const points = series();
    const at = cursor === undefined ? undefined : nearest(points, cursor);
    const shown = at ?? recent();
    const when = at === undefined ? '' : ` ${ago(at.time)}`;

    $('rates-legend').replaceChildren(
        ...RESULTS.map((result) => element('b', result, `${result} ${perSecond(shown[result])}`)), when);
    $('ratio-legend').replaceChildren(element('b', 'hit', percent(hitRate(shown))), when);
    plotRates(points, at);
    plotRatio(points, at);
}

function ago(time) {
    const seconds = Math.round((latest.time - time) / 1000);
    return seconds < 60 ? `${seconds} s ago` : `${Math.floor(seconds / 60)} min ${seconds % 60} s ago`;
}

function nearest(points, time) {
    return points.reduce((best, point) =>
        best === undefined || Math.abs(point.time - time) < Math.abs(best.time - time) ? point : best, undefined);
}

/** The frame of a plot of the last 15 minutes, and its scales. */
function frame(svg, top, label) {
    const { width, height } = svg.getBoundingClientRect();
    const right = width - 6;
    const left = 40;
    const bottom = height - 20;
    const x = (time) => right - ((latest.time - time) / WINDOW_MILLIS) * (right - left);
    const y = (value) => bottom - (value / top) * (bottom - 10);

    svg.replaceChildren();
    for (let i = 0; i <= 2; i++) {
        const value = (top * i) / 2;
        svg.append(shape('line', { class: 'grid', x1: left, x2: right, y1: y(value), y2: y(value) }));
        svg.append(shape('text', { x: left - 6, y: y(value) + 4, 'text-anchor': 'end' }, label(value)));
    }
    for (const minutes of [15, 10, 5, 0]) {
        const text = minutes === 0 ? 'now' : `−${minutes} min`;
        const anchor = minutes === 15 ? 'start' : minutes === 0 ? 'end' : 'middle';
        svg.append(shape('text',
            { x: x(latest.time - minutes * 60000), y: height - 4, 'text-anchor': anchor }, text));
    }
    svg.onpointermove = (event) => {
        const share = (right - (event.clientX - svg.getBoundingClientRect().left)) / (right - left);
        cursor = latest.time - share * WINDOW_MILLIS;
        renderPlots();
    };
    svg.onpointerleave = () => {
        cursor = undefined;
        renderPlots();
    };
    return { x: (time) => Math.max(left, x(time)), y, bottom };
}

function appendCursor(svg, scale, at) {
    if (at !== undefined) {
        svg.append(shape('line',
            { class: 'cursor', x1: scale.x(at.time), x2: scale.x(at.time), y1: 10, y2: scale.bottom }));
    }
}

/** The smallest of 1, 2 and 5 times a power of ten that is not below the value. */
function niceTop(value) {
    const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
    return [1, 2, 5, 10].map((factor) => factor * power).find((top) => top >= value);
}

function plotRates(points, at) {
    const svg = $('rates');
    const top = niceTop(Math.max(1, ...points.map(requestsOf)));
    const scale = frame(svg, top, (value) => short.format(value));
    for (const area of stack(points, scale.x, scale.y)) {
        svg.append(area);
    }
    appendCursor(svg, scale, at);
    if (latest.methods.every((method) => requestsOf(counts(method)) === 0)) {
        svg.append(shape('text', { class: 'hint', x: '50%', y: '35%', 'text-anchor': 'middle' },
            'No requests yet. The plot fills while this page is open.'));
    }
    const now = recent();
    svg.setAttribute('aria-label', `Requests per second, now: ${RESULTS.map((r) => `${r} ${perSecond(now[r])}`).join(', ')}`);
}

function plotRatio(points, at) {
    const svg = $('ratio');
    const scale = frame(svg, 1, (value) => `${100 * value} %`);
    let path = '';
    let open = false;
    for (const point of smooth(points)) {
        const share = hitRate(point);
        path += share === undefined ? '' : `${open ? 'L' : 'M'}${scale.x(point.time)} ${scale.y(share)}`;
        open = share !== undefined;
    }
    svg.append(shape('path', { class: 'line', d: path }));
    appendCursor(svg, scale, at);
    svg.setAttribute('aria-label', `Hit rate, now: ${percent(hitRate(recent()))}`);
}

/** Each point as the mean of the last five: a rate of few requests jumps. */
function smooth(points) {
    return points.map((point, i) => ({ time: point.time, ...sum(points.slice(Math.max(0, i - 4), i + 1)) }));
}

/** The areas of the results, one on top of the other. */
function stack(points, x, y) {
    let below = points.map(() => 0);
    return RESULTS.map((result) => {
        const above = points.map((point, i) => below[i] + point[result]);
        const edge = (values) => points.map((point, i) => `${x(point.time).toFixed(1)} ${y(values[i]).toFixed(1)}`);
        const outline = [...edge(above), ...edge(below).reverse()].join('L');
        below = above;
        return shape('path', { class: `area ${result}`, d: points.length === 0 ? '' : `M${outline}Z` });
    });
}

// --- cached methods ---

const ORDERS = {
    name: (a, b) => (a.name < b.name ? -1 : 1),
    requests: (a, b) => requestsOf(b) - requestsOf(a),
    rate: (a, b) => (hitRate(a) ?? 2) - (hitRate(b) ?? 2),
    load: (a, b) => (loadMillis(b) ?? -1) - (loadMillis(a) ?? -1),
    saved: (a, b) => b.savedMillis - a.savedMillis,
};

/** The rows by the name of the method: they are kept, so that focus and opened reasons stay. */
const rows = new Map();

function renderMethods() {
    const wanted = $('filter').value.toLowerCase();
    const shown = latest.methods
        .filter((method) => method.name.toLowerCase().includes(wanted))
        .sort(ORDERS[$('order').value]);
    const elements = shown.map((method) => {
        if (!rows.has(method.name)) {
            rows.set(method.name, newRow(method));
        }
        const row = rows.get(method.name);
        update(row, method);
        return row.element;
    });
    arrange($('methods'), elements);
    $('methods').hidden = shown.length === 0;
    $('methods-key').hidden = shown.length === 0;
    $('methods-controls').hidden = latest.methods.length === 0;
    $('no-methods').hidden = shown.length > 0;
    $('no-methods').textContent = latest.methods.length > 0
        ? 'No method has this text in its name.'
        : 'This application has no cached method. Annotate a method of a resource or bean with @Cache.';
}

/** Puts elements in order, and moves only those that are elsewhere: a moved element loses the focus. */
function arrange(parent, elements) {
    for (const surplus of [...parent.children].filter((child) => !elements.includes(child))) {
        surplus.remove();
    }
    elements.forEach((each, i) => {
        if (parent.children[i] !== each) {
            parent.insertBefore(each, parent.children[i] ?? null);
        }
    });
}

function newRow(method) {
    const [type, name] = method.name.split('/');
    const dot = type.lastIndexOf('.');
    const cells = {};
    const cell = (id, title) => {
        cells[id] = element('dd', '');
        cells[`${id}More`] = element('dd', 'more');
        return element('dl', '', element('dt', '', title), cells[id], cells[`${id}More`]);
    };
    cells.where = element('span', 'more');
    cells.spark = shape('svg', { role: 'img' });
    cells.reasons = element('ul', '');
    cells.details = element('details', '', element('summary', '', 'Why not stored'), cells.reasons);
    const row = element('article', 'method',
        element('div', '', element('h3', '', `${type.substring(dot + 1)}.${name ?? ''}`), cells.where),
        cells.spark, cell('requests', 'Requests'), cell('rate', 'Hit rate'), cell('load', 'Load time'),
        cell('saved', 'Time saved'), cells.details);
    return { element: row, package: type.substring(0, Math.max(0, dot)), ...cells };
}

function update(row, method) {
    const now = recent(method.name);
    const all = counts(method);
    row.where.textContent = `${row.package}${row.package ? ' · ' : ''}${method.backend}`;
    row.requests.textContent = `${perSecond(requestsOf(now))}\u00a0/s`;
    row.requestsMore.textContent = number(requestsOf(all));
    row.rate.textContent = percent(hitRate(all));
    row.rateMore.textContent = nowRate(now);
    row.load.textContent = duration(loadMillis(method));
    row.loadMore.textContent = method.coalesced > 0 ? `${number(method.coalesced)} coalesced` : '';
    row.saved.textContent = duration(method.savedMillis);
    row.savedMore.textContent = '';
    spark(row.spark, method.name);
    updateReasons(row, method.notStored);
}

function spark(svg, name) {
    const { width, height } = svg.getBoundingClientRect();
    const points = series(name);
    const top = Math.max(0.001, ...points.map(requestsOf));
    const x = (time) => Math.max(0, width * (1 - (latest.time - time) / WINDOW_MILLIS));
    const y = (value) => height - 1 - (value / top) * (height - 3);
    svg.replaceChildren(
        shape('line', { class: 'grid', x1: 0, x2: width, y1: height - 0.5, y2: height - 0.5 }), ...stack(points, x, y));
    svg.setAttribute('aria-label',
        `Requests of the last 15 minutes, at most ${perSecond(points.length === 0 ? 0 : top)} per second`);
}

function updateReasons(row, reasons) {
    const sorted = Object.entries(reasons).filter(([, count]) => count > 0).sort((a, b) => b[1] - a[1]);
    const most = sorted.length === 0 ? 1 : sorted[0][1];
    row.details.hidden = sorted.length === 0;
    row.reasons.replaceChildren(...sorted.map(([reason, count]) => {
        const item = element('li', '', element('span', '', reason), element('span', '', number(count)));
        item.style.setProperty('--width', `${(100 * count) / most}%`);
        return item;
    }));
}

// --- backends ---

const cards = new Map();

function renderBackends() {
    arrange($('backends'), latest.backends.map((backend) => {
        if (!cards.has(backend.name)) {
            cards.set(backend.name, newCard(backend));
        }
        const card = cards.get(backend.name);
        updateCard(card, backend);
        return card.element;
    }));
}

function newCard(backend) {
    const cells = {};
    const cell = (id, title) => {
        cells[id] = element('dd', '');
        return element('div', '', element('dt', '', title), cells[id]);
    };
    const clear = element('button', '', 'Clear …');
    clear.type = 'button';
    clear.setAttribute('aria-label', `Clear the backend ${backend.name}`);
    clear.onclick = () => confirmChange(
        `Clear “${backend.name}”?`,
        'Every entry of this backend under its key prefix ends, also those of other processes that share the store.'
            + ' Counters remain. Until the cache has filled again, methods run more often.',
        'Clear', 'clear', { backend: backend.name }, `“${backend.name}” is cleared.`);
    cells.breaker = element('span', 'breaker');
    const card = element('article', 'card backend',
        element('div', 'bar',
            element('div', '', element('h3', '', backend.name),
                element('span', 'more', `${backend.type} · `), cells.breaker),
            clear),
        element('dl', '', cell('entries', 'Entries'), cell('bytes', 'Size'), cell('rate', 'Hit rate'),
            cell('puts', 'Puts'), cell('evictions', 'Evictions'), cell('invalidations', 'Invalidations'),
            cell('hits', 'Hits'), cell('misses', 'Misses'), cell('failures', 'Failures')));
    return { element: card, ...cells };
}

function updateCard(card, backend) {
    const looked = backend.hits + backend.stale + backend.misses;
    card.entries.textContent = number(backend.entries);
    card.bytes.textContent = bytes(backend.bytes);
    card.rate.textContent = percent(looked === 0 ? undefined : (backend.hits + backend.stale) / looked);
    card.hits.textContent = number(backend.hits + backend.stale);
    card.misses.textContent = number(backend.misses);
    card.puts.textContent = number(backend.puts);
    card.evictions.textContent = number(backend.evictions);
    card.invalidations.textContent = number(backend.invalidations);
    card.failures.textContent = number(backend.failures);
    card.failures.className = backend.failures > 0 ? 'wrong' : '';
    card.breaker.className = backend.breaker === 'closed' ? 'more breaker' : 'more breaker wrong';
    card.breaker.textContent = `breaker ${backend.breaker}`;
}

// --- changes ---

let pending; // what "proceed" in the dialog does

function confirmChange(title, text, action, path, parameters, done) {
    $('confirm-title').textContent = title;
    $('confirm-text').textContent = text;
    $('proceed').textContent = action;
    pending = () => change(path, parameters, done);
    $('confirm').showModal();
}

async function change(path, parameters, done) {
    try {
        const response = await fetch(path, {
            method: 'POST',
            headers: { 'Larder-Token': latest.token },
            body: new URLSearchParams(parameters),
            cache: 'no-store',
        });
        if (isSignedOut(response)) {
            showResult('wrong', 'Not done: the application refused it. Reload the page and try again.');
        } else if (!response.ok) {
            showResult('wrong', `Not done, status ${response.status}. ${await response.text()}`);
        } else if ((await response.json()).done) {
            showResult('', done);
        } else {
            showResult('', `${done} A store has not confirmed it yet. Larder repeats it until the store does.`);
        }
    } catch (failure) {
        showResult('wrong', 'The application does not respond. Look whether it was done.');
    }
}

let hiding;

function showResult(className, text) {
    $('result').className = className;
    $('result').textContent = text;
    clearTimeout(hiding);
    hiding = setTimeout(() => $('result').replaceChildren(), RESULT_MILLIS);
}

$('invalidate').addEventListener('submit', (event) => {
    event.preventDefault();
    const tag = $('tag').value;
    confirmChange(`Invalidate “${tag}”?`, 'Every entry with this tag ends, on all backends.',
        'Invalidate', 'invalidate', { tag }, `“${tag}” is invalidated.`);
});
$('cancel').addEventListener('click', () => $('confirm').close());
$('proceed').addEventListener('click', () => {
    $('confirm').close();
    pending();
});
$('filter').addEventListener('input', renderMethods);
$('order').addEventListener('change', renderMethods);
addEventListener('resize', () => latest && render());
poll();
