using System.Diagnostics;
using System.Globalization;
using Support.Lambda;
using Support.Servers;

namespace Benchmarks.Function;

/// <summary>From the start of the function's process to the answer of its first batch, behind the Runtime API, with emulators of DynamoDB and SNS.</summary>
internal static class ColdStart
{
    /// <summary>The head of the table.</summary>
    public const string Head = "| function | first batch | cold: start to answer, ms (median of runs) | the next batch, ms |\n|---|---|---|---|\n";

    /// <summary>Starts an executable some times, and gives it two batches.</summary>
    /// <param name="name">What the executable is called.</param>
    /// <param name="program">The executable.</param>
    /// <param name="folder">The batches.</param>
    /// <param name="rules">The folder of its rules.</param>
    /// <param name="runs">How often.</param>
    public static async Task<string> MakeAsync(string name, string program, string folder, string rules, int runs)
    {
        if (Emulators.MissingReason is { } missing)
        {
            return $"skipped: {missing}\n";
        }

        await using var tables = new DynaliteServer();
        await using var topics = new FauxqsServer();
        await using var streams = new KinesaliteServer();
        await Task.WhenAll(tables.StartAsync(), topics.StartAsync(), streams.StartAsync());
        var files = Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Take(2).Select(File.ReadAllBytes).ToList();
        List<double> cold = [], warm = [];
        var mail = await topics.CreateTopicAsync("mail");
        var chat = await topics.CreateTopicAsync("chat");
        for (var run = 0; run < runs; run++)
        {
            await using var function = new LambdaRuntimeApi(new LambdaFunctionOptions
            {
                FileName = Path.GetFullPath(program),
                Environment = new Dictionary<string, string?>
                {
                    ["AWS_ENDPOINT_URL_DYNAMODB"] = tables.Endpoint.ToString(), ["AWS_ENDPOINT_URL_SNS"] = topics.Endpoint.ToString(),
                    ["AWS_ENDPOINT_URL_KINESIS"] = streams.Endpoint.ToString(),
                    ["ALERT_EMAIL_TOPIC_ARN"] = mail, ["ALERT_CHAT_TOPIC_ARN"] = chat, ["STATE_TABLE"] = await tables.CreateTableAsync("pk"),
                    ["RULES_PATH"] = Path.GetFullPath(rules), ["ENVIRONMENT_NAME"] = "bench",
                    ["DOTNET_GCgen0size"] = "0x1000000", ["DOTNET_GCGen0MaxBudget"] = "0x1000000", ["DOTNET_GCLOHThreshold"] = "0x300000",
                },
            })
            { Timeout = TimeSpan.FromMinutes(1) };
            cold.Add(await TimeAsync(function, files[0]));
            warm.Add(await TimeAsync(function, files[1]));
        }

        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {files[0].Length / 1024} KiB JSON | {Median(cold):f0} | {Median(warm):f0} |\n");
    }

    private static async Task<double> TimeAsync(LambdaRuntimeApi function, byte[] batch)
    {
        var start = Stopwatch.GetTimestamp();
        var result = await function.InvokeAsync(batch);
        return result.Succeeded ? Stopwatch.GetElapsedTime(start).TotalMilliseconds : throw new InvalidOperationException(result.Text);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
