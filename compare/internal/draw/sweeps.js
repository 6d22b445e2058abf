// sweeps shows steps of values, tangents and adjoints on the graph and in the traces. Called
// again, it shows those of another graph. It keeps the place {ph, i}, calls seen with it when
// the reader moves, and computes nothing.
const sweeps = (() => {
	const $ = (q, r = document) => r.querySelector(q), $$ = (q, r = document) => [...r.querySelectorAll(q)];
	let S, nums, orig, ph = 'all', i = 0, seen, buttons;
	function draw() {
		const all = ph === 'all', L = all ? [] : S[ph], cur = L[i], shown = {}, say = $('#say');
		$$('.now').forEach(e => e.classList.remove('now'));
		$$('svg.graph').forEach(g => { for (const p of 'vta') g.classList.toggle('ph-' + p, ph === p); });
		for (let j = 0; j <= i && j < L.length; j++) Object.assign(shown, L[j].set);
		nums.forEach(e => {
			const k = e.dataset.k, w = k[0], on = all || (w === 'v' && ph !== 'v') || k in shown;
			e.textContent = shown[k] || orig.get(e);
			e.classList.toggle('hid', !on);
		});
		$('#stp').hidden = say.hidden = all;
		$('#seeds').hidden = ph === 'v' || ph === 'a';
		$(`input[name=ph][value=${ph}]`).checked = true;
		if (all) return;
		for (const k of cur.on) $$(`.node[data-n="${k}"]`).forEach(e => e.classList.add('now'));
		for (const k of cur.e || []) $$(`[data-e="${k}"]`).forEach(e => e.classList.add('now'));
		$(`[data-r="${cur.row}"]`)?.classList.add('now');
		const ends = [i === 0, i === 0, i === L.length - 1, i === L.length - 1];
		buttons.forEach((b, k) => b.setAttribute('aria-disabled', ends[k]));
		say.className = 'say ' + (ph === 'v' ? '' : ph);
		$('.c', say).textContent = `Step ${i + 1} of ${L.length}`;
		$('.w', say).textContent = cur.say;
	}
	function go(phase, j) {
		ph = S[phase]?.length ? phase : 'all';
		i = ph === 'all' ? 0 : Math.max(0, Math.min(S[ph].length - 1, j));
		draw();
	}
	function listen() {
		buttons = ['#first', '#back', '#next', '#last'].map(q => $(q));
		const move = to => () => { go(ph, to()); seen?.({ ph, i }); };
		[() => 0, () => i - 1, () => i + 1, () => 1e9].forEach((to, k) => { buttons[k].onclick = move(to); });
		$$('input[name=ph]').forEach(r => r.addEventListener('change', () => { go(r.value, 0); seen?.({ ph, i }); }));
		addEventListener('beforeprint', () => go('all', 0));
	}
	return (steps, at = { ph: 'all', i: 0 }, moved) => {
		S = steps;
		seen = moved;
		$('#phases').hidden = !S.v.length;
		$('input[name=ph][value=a]').closest('label').hidden = !S.a.length;
		nums = $$('.graph .num');
		orig = new Map(nums.map(e => [e, e.textContent]));
		if (!buttons) listen();
		go(at.ph, at.i);
	};
})();
