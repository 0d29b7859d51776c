import { mount } from 'svelte';
import App from './App.svelte';
import { windowBridge } from './lib/bridge/bridge.ts';
import './styles/tokens.css';
import './styles/base.css';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');
mount(App, { target, props: { bridge: windowBridge() } });
