import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { bundleWorker } from "./bundle.ts";
import { bindText, d1Binding, GATE, list, module, type TextBindings, text } from "./capnp.ts";
import type { Group } from "./group.ts";
import { type Ports, type Serving, serve } from "./serve.ts";
import type { Settings } from "./settings.ts";

export interface FrontPlan {
  readonly settings: Settings;
  readonly bindings: TextBindings;
  readonly folder: string;
  /** Of the process that holds the state: those that `farNames` names. */
  readonly ports: Ports;
}

/** The sockets by which a front reaches the state: its objects, and each database and bucket by its binding. */
export const farNames = ({ databases, buckets }: Settings): string[] => [
  GATE,
  ...[...databases, ...buckets].map(({ binding }) => binding),
];

/** A Worker in a process of its own (front.ts), whose objects, databases and buckets are in another. */
export async function startFront(plan: FrontPlan, serving: Serving): Promise<{ group: Group; origin: string }> {
  await mkdir(plan.folder, { recursive: true, mode: 0o700 });
  await bundleWorker(path.join(import.meta.dirname, "front.ts"), path.join(plan.folder, "index.js"));
  const file = path.join(plan.folder, "config.capnp");
  await writeFile(file, configText(plan), { mode: 0o600 });
  const { group, ports } = await serve(file, serving, ["http"]);
  return { group, origin: `http://127.0.0.1:${ports["http"]}` };
}

const farService = (name: string) => `far-${name}`;

function externalOf(name: string, ports: Ports): string {
  const http = name === GATE ? `(capnpConnectHost = "${GATE}")` : "()";
  return `(name = ${text(farService(name))}, external = (address = "127.0.0.1:${ports[name]}", http = ${http}))`;
}

function bindingsOf({ settings, bindings }: FrontPlan): string[] {
  const objects = settings.objects.map(({ binding }) => binding).join(" ");
  const texts = { ...settings.vars, ...bindings, OBJECTS: objects };
  return [
    ...Object.entries(texts).map(([name, value]) => bindText(name, value)),
    ...settings.databases.map(({ binding }) => d1Binding(binding, farService(binding))),
    ...settings.buckets.map(({ binding }) => `(name = ${text(binding)}, r2Bucket = ${text(farService(binding))})`),
    `(name = "GATE", service = ${text(farService(GATE))})`,
  ];
}

function configText(plan: FrontPlan): string {
  const { compatibilityDate, compatibilityFlags } = plan.settings;
  const services = farNames(plan.settings).map((name) => externalOf(name, plan.ports));
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (compatibilityDate = ${text(compatibilityDate)},
      compatibilityFlags = ${list(compatibilityFlags.map(text))},
      modules = [${module("index.js", "index.js")}],
      bindings = [
        ${bindingsOf(plan).join(",\n        ")}])),
    ${services.join(",\n    ")}],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]);
`;
}
