// Opens the playground in headless Chromium and says what it finds; see the package comment.
// Other pages that lie in the folder of the site are looked at, too, and printed.
//
//	node browser.mjs SITE FOLDER CHROMIUM PICTURES
import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { readFile, readdir, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

const [site, modules, chromium, pictures] = process.argv.slice(2);
const require = createRequire(join(modules, 'node_modules', 'x.js'));
const { chromium: engine } = require('playwright-core');
const axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
await mkdir(pictures, { recursive: true });

const kinds = { html: 'text/html; charset=utf-8', js: 'text/javascript', wasm: 'application/wasm' };
const server = createServer(async (q, r) => {
	const name = q.url.split(/[?#]/)[0].slice(1) || 'index.html';
	if (!/^[a-z_]+\.(html|js|wasm)$/.test(name)) { r.writeHead(404).end(); return; }
	try {
		const text = await readFile(join(site, name));
		r.writeHead(200, { 'content-type': kinds[name.split('.')[1]] }).end(text);
	} catch { r.writeHead(404).end(); }
});
await new Promise(f => server.listen(0, '127.0.0.1', f));
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await engine.launch({ executablePath: chromium, args: ['--no-sandbox'] });

let faults = 0;
const check = (good, what) => { console.log((good ? 'ok    ' : 'FAULT ') + what); if (!good) faults++; };

async function open(width, scheme, hash = '') {
	const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, bypassCSP: false });
	const page = await context.newPage();
	page.on('request', q => { if (!q.url().startsWith(origin) && !q.url().startsWith('data:')) check(false, 'a request to ' + q.url()); });
	page.on('console', m => { if (['error', 'warning'].includes(m.type())) check(false, `the console says ${m.text()}`); });
	page.on('pageerror', e => check(false, 'an error: ' + e.message));
	await page.goto(origin + '/' + hash);
	await page.waitForFunction(() => document.querySelector('#wait').dataset.took !== undefined, null, { timeout: 60000 });
	return page;
}

const late = page => page.waitForFunction(() => document.querySelector('#wait').dataset.late !== undefined, null, { timeout: 60000 });

async function accessible(page, where) {
	// axe is put into the page by the debugger, which its policy does not bind.
	// What is out of sight is laid out for it, too.
	await page.evaluate(() => { for (const e of document.querySelectorAll('section,.sights')) e.style.contentVisibility = 'visible'; });
	await page.evaluate(axe);
	const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
	check(violations.length === 0, `axe, ${where}: ${violations.map(v => `${v.id} (${v.nodes.length}: ${v.nodes[0].html.slice(0, 120)} ${v.nodes[0].failureSummary.slice(0, 200)})`).join('; ') || 'clean'}`);
}

for (const [width, scheme] of [[1280, 'light'], [1280, 'dark'], [390, 'light'], [390, 'dark']]) {
	const page = await open(width, scheme);
	await late(page);
	await accessible(page, `${width} ${scheme}`);
	const wide = await page.evaluate(() => document.documentElement.scrollWidth);
	check(wide <= width, `${width} ${scheme}: the page is ${wide} wide`);
	await page.screenshot({ path: join(pictures, `playground-${width}-${scheme}.png`), fullPage: true });
	await page.context().close();
}

{
	const page = await open(1280, 'light');
	const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
	check(paint < 2000, `first paint after ${paint.toFixed(0)} ms`);
	await late(page);
	// A keystroke, from the event to the frame after it.
	const times = [], busy = [];
	const tools = await page.context().newCDPSession(page);
	await tools.send('Performance.enable', { timeDomain: 'threadTicks' });
	const ticks = async () => (await tools.send('Performance.getMetrics')).metrics.find(m => m.name === 'TaskDuration').value;
	for (const letter of '+x1^2*exp(-x2)') {
		await page.waitForTimeout(300);
		const before = await ticks();
		times.push(await page.evaluate(async letter => {
			const e = document.querySelector('#formula');
			e.focus();
			const begin = performance.now();
			e.value += letter;
			e.dispatchEvent(new Event('input'));
			await new Promise(f => requestAnimationFrame(() => setTimeout(f)));
			return performance.now() - begin;
		}, letter));
		busy.push(((await ticks()) - before) * 1000);
	}
	busy.sort((a, b) => a - b);
	console.log(`      of the page's thread, ${busy.map(t => t.toFixed(0)).join(', ')} ms, which a busy machine stretches`);
	times.sort((a, b) => a - b);
	check(times[times.length >> 1] < 100, `a keystroke is drawn after ${times.map(t => t.toFixed(0)).join(', ')} ms, the median of which counts`);
	check((await page.inputValue('#formula')).endsWith('exp(-x2)'), 'what was typed is there');
	check((await page.inputValue('#latex')).includes('e^{'), 'and its LaTeX: ' + await page.inputValue('#latex'));

	// A mistake is shown at its column, and goes.
	await page.fill('#formula', 'x*sin(x))');
	check((await page.innerText('#mistake-formula')).includes('Column 9'), 'a mistake is shown at its column: ' + await page.innerText('#mistake-formula'));
	await page.fill('#formula', 'x*sin(x)');
	check((await page.innerText('#mistake-formula')) === '', 'and goes');
	check((await page.inputValue('#value0')) === '1', 'a new variable begins at 1');

	// The keyboard moves the point.
	await page.focus('#slide0');
	const before = await page.innerText('#legend');
	for (let i = 0; i < 20; i++) await page.keyboard.press('ArrowRight');
	check((await page.innerText('#legend')) !== before && (await page.inputValue('#value0')) !== '1', 'arrow keys move the point to ' + await page.inputValue('#value0'));

	// The pointer drags it.
	await page.locator('#plot svg.wide').scrollIntoViewIfNeeded();
	const at = await page.inputValue('#value0');
	const box = await page.locator('#plot svg.wide').boundingBox();
	await page.mouse.move(box.x + box.width * 0.7, box.y + 100);
	await page.mouse.down();
	await page.mouse.move(box.x + box.width * 0.8, box.y + 120, { steps: 4 });
	await page.mouse.up();
	check(await page.inputValue('#value0') !== at, 'dragged to ' + await page.inputValue('#value0'));

	// A link holds all of it.
	await page.check('#methods input[value=reverse]', { force: true });
	await page.check('input[name=ph][value=a]', { force: true });
	await page.click('#next');
	await page.waitForTimeout(300);
	const link = await page.inputValue('#link');
	const other = await open(1280, 'light', link.slice(link.indexOf('#')));
	await other.waitForFunction(() => !document.querySelector('#say').hidden, null, { timeout: 60000 });
	for (const id of ['#formula', '#value0', '#step']) check(await other.inputValue(id) === await page.inputValue(id), `a link keeps ${id}: ${await other.inputValue(id)}`);
	check(await other.innerText('#say') === await page.innerText('#say'), 'and the step of the sweep: ' + (await other.innerText('#say')).replace(/\s+/g, ' '));
	await accessible(other, 'in the middle of a sweep');
	await other.screenshot({ path: join(pictures, 'playground-sweep.png'), fullPage: true });

	// √(x²) beside |x|.
	await other.selectOption('#gallery', { label: 'root-of-square: sqrt(x^2)' });
	await other.waitForTimeout(1500);
	const said = await other.innerText('#compare');
	check(said.includes('NaN') && said.includes('every slope on the way is finite'), 'why √(x²) is not |x|: ' + said.replace(/\s+/g, ' ').slice(-330));
	await accessible(other, 'two formulas');
	await other.screenshot({ path: join(pictures, 'playground-root.png'), fullPage: true });

	// Nothing that a link holds is run.
	const hostile = await open(1280, 'light', '#f=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E&x.%3Cb%3E=1');
	check(await hostile.locator('img').count() === 0, 'a hostile link: ' + await hostile.innerText('#mistake-formula'));
}

for (const name of (await readdir(site)).filter(n => n.endsWith('.html') && n !== 'index.html')) {
	for (const [width, scheme] of [[1280, 'light'], [390, 'dark']]) {
		const page = await (await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme })).newPage();
		page.on('request', q => { if (!q.url().startsWith(origin) && !q.url().startsWith('data:')) check(false, 'a request to ' + q.url()); });
		page.on('console', m => { if (['error', 'warning'].includes(m.type())) check(false, `${name}: the console says ${m.text()}`); });
		await page.goto(origin + '/' + name);
		await accessible(page, `${name} ${width} ${scheme}`);
		const wide = await page.evaluate(() => document.documentElement.scrollWidth);
		check(wide <= width, `${name} ${width}: the page is ${wide} wide`);
		await page.screenshot({ path: join(pictures, `${name}-${width}-${scheme}.png`), fullPage: true });
		if (width === 1280) {
			await page.emulateMedia({ media: 'print' });
			await page.setViewportSize({ width: 700, height: 990 });
			await page.screenshot({ path: join(pictures, name + '-print.png'), fullPage: true });
		}
		await page.context().close();
	}
}

await browser.close();
server.close();
console.log(faults ? `${faults} faults` : 'no fault');
process.exit(faults ? 1 : 0);
