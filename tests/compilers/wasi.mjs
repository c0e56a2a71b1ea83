// Runs a program for WASI and gives its status.
import { readFile } from 'node:fs/promises'
import { WASI } from 'node:wasi'

const wasi = new WASI({ version: 'preview1', returnOnExit: true })
const module = await WebAssembly.compile(await readFile(process.argv[2]))
process.exit(wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject())))
