using AlertLambda;
using AlertLambda.Archive;
using AlertLambda.Logging;
using AlertLambda.Options;
using Wire.Text;

// The raw stream: the Lambda runtime puts a prefix before every line of Console.Out, and then no line is JSON any more.
using var output = new StreamWriter(Console.OpenStandardOutput());
var log = new JsonLog(output, TimeProvider.System);
try
{
    if (ArchiveFunction.IsAsked(Environment.GetEnvironmentVariable))
    {
        return await ArchiveFunction.RunAsync(Environment.GetEnvironmentVariable, log);
    }

    var options = AlertOptionsReader.Read(Environment.GetEnvironmentVariable, AppContext.BaseDirectory);
    var tuning = TuningFile.Read(options.TuningPath, options.EnvironmentName, log, TimeProvider.System.GetUtcNow());
    using var host = new FunctionHost(options, RuleFolder.Load(options.RulesPath, log, tuning), tuning, log);
    await host.RunAsync();
    return 0;
}
catch (InvalidOptionsException e)
{
    foreach (var fault in e.Faults)
    {
        log.Write(LogLevel.Error, "invalid-option", json => json.WriteString("fault", SafeText.Escape(fault)));
    }

    return 1;
}
