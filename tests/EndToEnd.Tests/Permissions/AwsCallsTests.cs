using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using EndToEnd.Tests.Setup;
using Support;
using Support.Lambda;
using Support.Processes;
using Support.Servers;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Permissions;

/// <summary>
/// Every AWS call of agent, function, sweep and archive, recorded while they do all that they do. <c>tests/Fixtures/aws/calls.json</c> is the record;
/// <c>tests/Cdk.Tests</c> compares it with the policies of the stack, both ways. <c>UPDATE_GOLDEN=1</c> writes it anew.
/// </summary>
[Collection(EndToEndCollection.Name)]
public sealed class AwsCallsTests(Servers servers, ITestOutputHelper output)
{
    private const string Host = "host-of-calls";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [EndToEndFact]
    public async Task Programs_make_exactly_the_calls_of_the_record()
    {
        await using var agent = new RecordedProgram(servers.Kinesis.Endpoint, servers: null);
        await using var function = new RecordedProgram(servers.Kinesis.Endpoint, servers);
        await using var sweep = new RecordedProgram(servers.Kinesis.Endpoint, servers);
        await using var archive = new RecordedProgram(kinesis: null, servers: null);
        await using var cloud = await FunctionsAsync(function, sweep, archive);

        var mark = new StoredMark(servers.Tables.Client, cloud.Table, cloud.Stream);
        await WatchAsync(agent, function, cloud, mark);
        await mark.AgeAsync(TimeSpan.FromHours(1));
        await SweepAsync(cloud);
        await mark.RemoveAsync();
        await MakeSilentAsync(cloud.Table);
        await SweepAsync(cloud);
        var answer = await cloud.Archive.InvokeAsync(FirehoseEvent());
        Assert.True(answer.Succeeded && answer.Text.Contains("\"Ok\"", StringComparison.Ordinal), answer.Text + cloud.Archive.FunctionOutput);

        var calls = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            ["agent"] = agent.Actions, ["archive"] = archive.Actions, ["function"] = function.Actions, ["sweep"] = sweep.Actions,
        };
        var recorded = JsonSerializer.Serialize(calls, Indented) + "\n";
        output.WriteLine(recorded);
        var path = Repository.File("tests/Fixtures/aws/calls.json");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, recorded);
        }

        Assert.Equal(await File.ReadAllTextAsync(path), recorded);
    }

    // An alert, and a record that is not a frame: the function reads and writes state, publishes, takes note of that, and sets aside. Then its process is
    // lost, and the next reads the stream again.
    private async Task WatchAsync(RecordedProgram agent, RecordedProgram function, RecordedCloud cloud, StoredMark mark)
    {
        using var stop = new CancellationTokenSource();
        var polling = cloud.Mapping.RunAsync(stop.Token);
        using var spool = new Setup.TemporaryFolder();
        using var watched = new Setup.TemporaryFolder();
        var file = Path.Combine(watched.Path, "file");
        await File.WriteAllTextAsync(file, "");
        await using var process = ChildProcess.Start(
            Programs.EdgeAgent,
            [
                "--sinks", "kinesis", "--kinesis-stream-name", cloud.Stream, "--kinesis-endpoint", agent["KINESIS"].ToString(), "--kinesis-region",
                DummyAws.Region, "--host-id", Host, "--metadata", "off", "--spool-path", Path.Combine(spool.Path, "spool"), "--watch-folders", watched.Path,
            ],
            new Dictionary<string, string?>(DummyAws.ProcessEnvironment.Concat(agent.Environment())));
        await process.WaitForLineAsync("edge-agent: ready: ", Longest);
        var stream = new StreamView(servers.Kinesis.Client, cloud.Stream);
        await stream.PutAsync(RandomNumberGenerator.GetBytes(300), "nobody");
        using var user = ThrowAwayUser.Create();
        await using var session = UserSession.Start(user);
        await session.ReadShadowAsync();

        await UntilAsync(async () => Has("s3:PutObject", "sns:Publish", "dynamodb:UpdateItem") && await IsKnownAsync(cloud.Table) && await mark.HasWaitingAsync());
        await cloud.Function.KillFunctionAsync();
        await UntilAsync(async () => Has("kinesis:GetRecords") && await mark.HasWaitingAsync());
        await stop.CancelAsync();
        await Task.WhenAny(polling);

        // The batch that was under way writes for a while yet.
        for (var before = ""; before != await mark.VersionAsync(); await Task.Delay(1000))
        {
            before = await mark.VersionAsync();
        }

        bool Has(params string[] actions) => actions.All(function.Actions.Contains);

        async Task UntilAsync(Func<Task<bool>> isSo)
        {
            for (var clock = Stopwatch.StartNew(); !await isSo(); await Task.Delay(100))
            {
                // What no rule is about waits in the function's memory.
                await File.ReadAllTextAsync(file);
                Assert.True(clock.Elapsed < Longest, $"only {string.Join(", ", function.Actions)}\n{process.Output}\n{cloud.Function.FunctionOutput}");
            }
        }
    }

    private static async Task SweepAsync(RecordedCloud cloud) =>
        Assert.True((await cloud.Sweep.InvokeAsync("{}"u8.ToArray())).Succeeded, cloud.Sweep.FunctionOutput);

    private async Task<bool> IsKnownAsync(string table) =>
        (await servers.Tables.Client.GetItemAsync(table, new() { ["pk"] = new AttributeValue($"H#{Host}") })).Item?.ContainsKey("seen") == true;

    // As if it had been heard of ten minutes ago, and no mark said otherwise: the sweep tells of it.
    private async Task MakeSilentAsync(string table)
    {
        await servers.Tables.Client.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = table,
            Key = new() { ["pk"] = new AttributeValue($"H#{Host}") },
            UpdateExpression = "SET seen = :then",
            ConditionExpression = "attribute_exists(seen)",
            ExpressionAttributeValues = new()
            {
                [":then"] = new AttributeValue { N = DateTimeOffset.UtcNow.AddMinutes(-10).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) },
            },
        });
    }

    private static byte[] FirehoseEvent() => Encoding.UTF8.GetBytes(
        $$"""{"invocationId":"1","records":[{"recordId":"1","data":"{{Convert.ToBase64String(Frames.Harmless(Host))}}"}]}""");

    private async Task<RecordedCloud> FunctionsAsync(RecordedProgram function, RecordedProgram sweep, RecordedProgram archive)
    {
        var stream = "calls";
        await servers.Kinesis.CreateStreamAsync(stream);
        var environment = new Dictionary<string, string?>
        {
            ["QUARANTINE_BUCKET"] = await servers.Sns.CreateBucketAsync("calls"),
            ["ALERT_EMAIL_TOPIC_ARN"] = await servers.Sns.CreateTopicAsync("calls-mail"),
            ["ALERT_CHAT_TOPIC_ARN"] = await servers.Sns.CreateTopicAsync("calls-chat"),
            ["ALERT_FINDINGS_TOPIC_ARN"] = await servers.Sns.CreateTopicAsync("calls-findings"),
            ["STREAM_NAME"] = stream,
            ["STATE_TABLE"] = await servers.Tables.CreateTableAsync("pk"),
            ["RULES_PATH"] = Programs.Rules,
            ["ENVIRONMENT_NAME"] = "calls",
        };
        return new RecordedCloud(
            servers.Kinesis, stream, environment["STATE_TABLE"]!,
            Start(environment, function, null), Start(environment, sweep, "sweep"), Start([], archive, "archive"));
    }

    private static LambdaRuntimeApi Start(Dictionary<string, string?> environment, RecordedProgram program, string? task) => new(new LambdaFunctionOptions
    {
        FileName = Programs.AlertLambda,
        Environment = new Dictionary<string, string?>(environment.Concat(program.Environment())) { ["FUNCTION_TASK"] = task },
    })
    { Timeout = Longest };
}
