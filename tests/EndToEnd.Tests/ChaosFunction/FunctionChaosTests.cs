using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using EndToEnd.Tests.Setup;
using Support;
using Wire.Codec;
using Xunit.Abstractions;

namespace EndToEnd.Tests.ChaosFunction;

/// <summary>
/// The real function between a stream, a table and topics, killed and hindered at its calls. Every alert comes, and twice only where the process died between
/// publishing and noting. CHAOS_ROUNDS and CHAOS_SEED say how long and which.
/// </summary>
[Collection(EndToEndCollection.Name)]
public sealed class FunctionChaosTests(Servers servers, ITestOutputHelper output)
{
    private const int FramesPerRound = 5;
    private const double Odds = 0.08;

    private const string Rule =
        """
        title: Secret opened
        id: 6f2b7a54-0f7e-4a8e-9c53-2d1b8f0e4c11
        level: high
        logsource:
          product: linux
          category: file_access
        detection:
          selection:
            TargetFilename|startswith: /etc/secret-
          condition: selection
        """;

    private static readonly TimeSpan UntilStale = TimeSpan.FromSeconds(62);
    private static readonly int Rounds = Setting("CHAOS_ROUNDS", 8);
    private static readonly int Seed = Setting("CHAOS_SEED", Environment.TickCount & 0xFFFF);

    [EndToEndFact]
    public async Task Every_alert_comes_and_twice_only_where_the_function_died_between_publishing_and_noting()
    {
        output.WriteLine($"CHAOS_ROUNDS={Rounds} CHAOS_SEED={Seed}");
        var random = new Random(Seed);
        var calm = false;
        var troubles = new ConcurrentBag<(string Operation, Trouble Trouble)>();
        CloudUnderTest? cloud = null;
        using var rules = new Support.TemporaryFolder();
        rules.File("secret.yml", Rule);
        await using var table = new FaultyAws(servers.Tables.Endpoint, Decide, () => cloud!.Function.KillFunctionAsync());
        await using var topics = new FaultyAws(servers.Sns.Endpoint, Decide, () => cloud!.Function.KillFunctionAsync());
        await using var opened = cloud = await CloudUnderTest.CreateAsync(
            servers, output, new CloudOptions { RulesPath = rules.Path, SnsEndpoint = topics.Endpoint, TablesEndpoint = table.Endpoint });

        var next = new ulong[3];
        var secrets = new List<string>();
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < FramesPerRound; i++)
            {
                var host = random.Next(next.Length);
                var secret = $"/etc/secret-{secrets.Count}-";
                secrets.Add(secret);
                var frame = Some.Frame([Some.FileOpen(
                    secret, sequence: ++next[host], bootNs: Some.Seconds(600 + secrets.Count), host: Some.Host($"host-{host}", hostName: $"host-{host}"),
                    process: Some.Process("/usr/bin/cat", pid: (uint)(1000 + secrets.Count)))]);
                await cloud.Content.PutAsync(new FrameEncoder().Encode(frame), $"host-{host}");
            }

            await cloud.Mapping.DrainAsync();
            if (random.Next(3) == 0)
            {
                await cloud.Function.KillFunctionAsync();
            }
        }

        calm = true;
        await Task.Delay(UntilStale);
        var swept = await cloud.Sweep.InvokeAsync("{}"u8.ToArray());
        Assert.True(swept.Succeeded, $"{swept.ErrorType}: {cloud.Sweep.FunctionOutput}");

        var deaths = troubles.Count(one => one.Trouble is Trouble.KillBefore or Trouble.KillAfter);
        var (mails, chats) = (await cloud.Mail.AllAsync(), await cloud.Chat.AllAsync());
        output.WriteLine($"{secrets.Count} alerts, {cloud.Function.FunctionStarts} starts, {deaths} deaths at a call, {troubles.Count} troubles; "
            + $"{mails.Count - secrets.Count} mails and {chats.Count - secrets.Count} chat messages came twice");
        foreach (var secret in secrets)
        {
            Assert.NotEmpty(mails.Where(mail => mail.Notification.Message.Contains(secret, StringComparison.Ordinal)));
            var ids = chats.Where(chat => chat.Notification.Message.Contains(secret, StringComparison.Ordinal))
                .Select(chat => JsonElement.Parse(chat.Notification.Message).GetProperty("id").GetString()).ToList();
            Assert.NotEmpty(ids);
            Assert.Single(ids.Distinct());
        }

        Assert.True(deaths > 0 || (mails.Count, chats.Count) == (secrets.Count, secrets.Count), "messages came twice, and nothing died");

        Trouble Decide(string operation)
        {
            lock (random)
            {
                if (calm || operation.Length == 0 || random.NextDouble() >= Odds)
                {
                    return Trouble.None;
                }

                // An answer of SNS that is lost makes its client publish again: nobody can tell.
                var trouble = (Trouble)random.Next(1, operation == "Publish" ? 4 : 5);
                troubles.Add((operation, trouble));
                return trouble;
            }
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
