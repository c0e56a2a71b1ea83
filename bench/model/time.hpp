#pragma once

/// Times `infer` with Google Benchmark, whose options are in `options`, after the program's name;
/// the program's exit code.
int time_inference(void (*infer)(), long macs, int count, char** options);
