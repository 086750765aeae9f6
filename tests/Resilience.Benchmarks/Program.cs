using System.CommandLine;
using Resilience.Benchmarks;

var root = new RootCommand("Measures what the README promises. Run in Release; figures and the machine go into RESULTS.md.");
LiveMapBenchmark.AddTo(root);
ParserBenchmark.AddTo(root);
ParserLimits.AddTo(root);
IngestBenchmark.AddTo(root);
TileBenchmark.AddTo(root);
LocatingBenchmark.AddTo(root);
return await root.Parse(args).InvokeAsync();
