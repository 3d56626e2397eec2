import { mount } from "svelte";
import { listenToLinks } from "$lib/router.svelte";
import App from "./App.svelte";
import "./styles/tokens.css";
import "./styles/base.css";

listenToLinks();

const target = document.getElementById("app");
if (target) mount(App, { target });
