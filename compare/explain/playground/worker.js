// The engines once more, in a thread of its own, for answers that take longer.
'use strict';
importScripts('wasm_exec.js');
const ready = new Promise(resolve => { globalThis.adReady = resolve; });
let last;
onmessage = async m => {
	last = m.data.subject;
	await ready;
	await new Promise(resolve => setTimeout(resolve)); // what waits comes first
	if (m.data.subject === last) postMessage({ subject: last, answer: adAsk(m.data.question) });
};
const go = new Go();
fetch('playground.wasm').then(r => r.arrayBuffer()).then(b => WebAssembly.instantiate(b, go.importObject)).then(r => go.run(r.instance));
