// The page's script: it hands what is typed and dragged to the engines, and puts the pieces
// of their answer into their places. It computes no number that is shown.
'use strict';
(() => {
	const $ = q => document.querySelector(q), $$ = q => [...document.querySelectorAll(q)];
	const slim = matchMedia('(max-width:760px)'), shown = {};
	const main = $('main'), wait = $('#wait');
	let state = JSON.parse($('#begin').textContent), ready = false, drawn = '', worker, rest, late;

	// put shows the pieces of an answer.
	function put(answer) {
		for (const [id, piece] of Object.entries(answer.pieces)) {
			const e = document.getElementById(id);
			if (!e || shown[id] === piece) continue;
			shown[id] = piece;
			if (id === 'latex') { const t = document.createElement('textarea'); t.innerHTML = piece; e.value = t.value; }
			else if (id === 'sliders' || id === 'moves') { if (drawn !== names(answer)) { e.innerHTML = piece; for (const k in shown) if (k.startsWith('mistake-value')) delete shown[k]; } }
			else e.innerHTML = piece;
		}
	}
	function fields() {
		for (const id of ['formula', 'beside']) { const e = document.getElementById(id); if (e.value !== state[id]) e.value = state[id]; }
	}
	const names = a => JSON.stringify(a.state.point.map(p => p.name));

	// ask shows the state, or what a change or a link makes of it.
	function ask(question = {}) {
		if (!ready) return;
		const begin = performance.now();
		const answer = JSON.parse(adAsk(JSON.stringify({ state, narrow: slim.matches, part: 'first', ...question })));
		main.classList.toggle('stale', !!answer.mistake);
		for (const f of $$('[aria-invalid]')) f.removeAttribute('aria-invalid');
		put(answer);
		if (question.fragment) state = answer.state;
		fields();
		clearTimeout(rest);
		if (answer.mistake) {
			document.getElementById(answer.mistake.where)?.setAttribute('aria-invalid', 'true');
			wait.dataset.took = performance.now() - begin;
			return;
		}
		const moved = drawn !== names(answer);
		drawn = names(answer);
		state = answer.state;
		document.title = answer.title + ' · playground';
		main.dataset.by = state.method;
		answer.sliders.forEach((s, i) => {
			const text = $('#value' + i), slide = $('#slide' + i);
			if (text !== document.activeElement || question.change) text.value = s.text;
			slide.value = s.position;
			slide.setAttribute('aria-valuetext', s.text);
			$('#lo' + i).textContent = s.lo;
			$('#hi' + i).textContent = s.hi;
		});
		for (const r of $$('#moves input')) r.checked = r.value === state.along;
		for (const r of $$('#methods input')) r.checked = r.value === state.method;
		$('#step').value = state.step;
		if (moved) listen();
		rest = setTimeout(askRest, 60);
		link(answer.fragment);
		clearTimeout(late);
		if (lateFor === subject()) put(lateAnswer); else late = setTimeout(askLate, 250);
		wait.dataset.took = performance.now() - begin;
	}

	// askRest shows what stands further down, once the reader pauses.
	function askRest() {
		const answer = JSON.parse(adAsk(JSON.stringify({ state, narrow: slim.matches, part: 'rest' })));
		if (answer.mistake) return;
		put(answer);
		sweeps(answer.steps, { ph: state.phase, i: state.at }, at => { state.phase = at.ph; state.at = at.i; link(JSON.parse(adFragment(JSON.stringify(state)))); });
		wait.dataset.rest = answer.fragment;
	}

	// subject is what a late answer is about.
	const subject = () => JSON.stringify([state.formula, state.beside, state.point.map(p => p.text), state.along]);
	let lateFor, lateAnswer;

	// askLate asks for what takes longer, in another thread.
	function askLate() {
		if (!worker) {
			worker = new Worker('worker.js');
			worker.onmessage = m => {
				if (m.data.subject !== subject()) return;
				lateFor = m.data.subject;
				put(lateAnswer = JSON.parse(m.data.answer));
				wait.dataset.late = lateFor;
			};
		}
		worker.postMessage({ subject: subject(), question: JSON.stringify({ state, part: 'late' }) });
	}

	let linking;
	function link(fragment) {
		$('#link').value = location.href.split('#')[0] + '#' + fragment;
		clearTimeout(linking);
		linking = setTimeout(() => history.replaceState(null, '', '#' + fragment), 200);
	}

	// listen hears what is done to the fields of the inputs.
	function listen() {
		for (const e of $$('#sliders input')) {
			const name = e.dataset.name;
			e.oninput = e.type === 'range'
				? () => ask({ change: { kind: 'slide', name, position: +e.value } })
				: () => { state.point.find(p => p.name === name).text = e.value; ask(); };
		}
		for (const e of $$('#moves input')) e.onchange = () => { state.along = e.value; ask(); };
	}

	// The point of the plot follows the pointer.
	let dragging = false;
	const drag = e => {
		const r = [...$('#plot').children].find(s => s.getClientRects().length).getBoundingClientRect();
		ask({ change: { kind: 'drag', fraction: (e.clientX - r.left) / r.width } });
	};
	$('#plot').addEventListener('pointerdown', e => { dragging = true; $('#plot').setPointerCapture(e.pointerId); drag(e); });
	$('#plot').addEventListener('pointermove', e => { if (dragging) drag(e); });
	for (const end of ['pointerup', 'pointercancel']) $('#plot').addEventListener(end, () => { dragging = false; });

	$('#formula').oninput = e => { state.formula = e.target.value; state.phase = 'all'; state.at = 0; ask(); };
	$('#beside').oninput = e => { state.beside = e.target.value; ask(); };
	$('#gallery').onchange = e => { if (e.target.value) ask({ fragment: e.target.value }); };
	$('#step').oninput = e => { state.step = +e.target.value; ask(); };
	for (const e of $$('#methods input')) e.onchange = () => { state.method = e.value; ask(); };
	for (const e of $$('[data-zoom]')) e.onclick = () => ask({ change: { kind: e.dataset.zoom } });
	for (const e of $$('[data-copy]')) e.onclick = async () => {
		const field = document.getElementById(e.dataset.copy);
		field.select();
		try { await navigator.clipboard.writeText(field.value); $('#copied').textContent = 'Copied.'; } catch { $('#copied').textContent = 'Selected: copy it with the keyboard.'; }
	};
	for (const f of $$('form')) f.addEventListener('submit', e => e.preventDefault());
	addEventListener('hashchange', () => { if (location.hash.includes('f=')) { ask({ fragment: location.hash }); scrollTo(0, 0); } });

	slim.addEventListener('change', () => ask());

	// The engines.
	globalThis.adReady = () => {
		ready = true;
		wait.textContent = '';
		ask(location.hash.includes('f=') ? { fragment: location.hash } : {});
		warm(6);
	};
	// warm lets the engines run while nothing else happens: the browser compiles well what has
	// run some times.
	const warm = n => { if (n) (globalThis.requestIdleCallback || setTimeout)(() => { adAsk(JSON.stringify({ state })); warm(n - 1); }); };
	wait.textContent = 'The engines are loading …';
	const go = new Go();
	fetch('playground.wasm').then(r => r.arrayBuffer()).then(b => WebAssembly.instantiate(b, go.importObject)).then(r => go.run(r.instance))
		.catch(e => { wait.textContent = 'The engines did not load: ' + e.message; });
})();
