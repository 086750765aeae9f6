using Resilience.Server;

return await CommandLine.Build().Parse(args).InvokeAsync();
