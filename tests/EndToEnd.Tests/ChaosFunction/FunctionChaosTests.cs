using System.Globalization;
using EndToEnd.Tests.Setup;
using Support.Servers;
using Xunit.Abstractions;

namespace EndToEnd.Tests.ChaosFunction;

/// <summary>
/// The real function between streams, a table and topics, killed and hindered at its calls, its batches repeated, cut in two and given to two at once: all
/// that has to be told is told, and twice only where the process died, or was refused, between publication and mark. CHAOS_ROUNDS and CHAOS_SEED say how long and which.
/// </summary>
/// <remarks>The seed repeats what is sent and what goes wrong; which of two workers is first cannot be repeated.</remarks>
[Collection(EndToEndCollection.Name)]
public sealed class FunctionChaosTests(Servers servers, ITestOutputHelper output)
{
    private static readonly int Seed = Setting("CHAOS_SEED", 1);
    private static readonly int Rounds = Setting("CHAOS_ROUNDS", 6);

    [EndToEndFact]
    public async Task Incidents_of_generated_streams_are_those_that_were_counted_and_each_is_told_by_mail_and_chat()
    {
        using var story = new GeneratedStory(new Random(Seed), Rounds);
        await CheckAsync(story);
    }

    [EndToEndFact]
    public async Task Incidents_of_recorded_streams_are_those_of_an_engine_that_nothing_disturbs() => await CheckAsync(new RecordedStory(Math.Max(1, Rounds / 3)));

    private async Task CheckAsync(IChaosStory story)
    {
        var random = new Random(Seed);
        await using var cloud = await ChaosCloud.CreateAsync(servers, story, random);
        var rounds = 0;
        var shots = new Queue<Shot>();
        foreach (var round in story.Rounds)
        {
            rounds++;
            foreach (var worker in cloud.Workers)
            {
                if (shots.Count == 0)
                {
                    shots = new Queue<Shot>(Shot.All.OrderBy(_ => random.Next()));
                }

                worker.Arm(shots.Dequeue());
            }

            await cloud.RunAsync(round);
        }

        await cloud.EndAsync();
        var mails = await cloud.Mail.AllAsync();
        var chats = await cloud.Chat.AllAsync();
        Report(story, cloud, rounds, mails, chats);
        var faults = Faults(story, mails, chats).Concat(cloud.Ledger.Unexplained.Select(one => "twice for no reason: " + one)).ToList();
        Assert.True(faults.Count == 0, $"CHAOS_SEED={Seed} CHAOS_ROUNDS={Rounds}\n{string.Join('\n', faults.Take(30))}\n{cloud.Output}");
    }

    private static IEnumerable<string> Faults(IChaosStory story, IReadOnlyList<Arrival> mails, IReadOnlyList<Arrival> chats)
    {
        var (byMail, byChat) = (Told(story, mails), Told(story, chats));
        foreach (var key in story.Expected)
        {
            string[] ids = [.. byMail[key].Concat(byChat[key]).Distinct()];
            if (!byMail.Contains(key) || !byChat.Contains(key))
            {
                yield return $"not told by {(byMail.Contains(key) ? "chat" : byChat.Contains(key) ? "mail" : "anything")}: {key}";
            }
            else if (ids.Length > 1)
            {
                yield return $"told as several incidents: {key} {string.Join(' ', ids)}";
            }
        }

        foreach (var key in byMail.Concat(byChat).Select(told => told.Key).Distinct().Where(key => !story.Expected.Contains(key)))
        {
            yield return $"told for no reason: {key}";
        }
    }

    // The incidents' ids by what they are about.
    private static ILookup<string, string> Told(IChaosStory story, IReadOnlyList<Arrival> arrivals) => arrivals.Select(arrival => arrival.Notification)
        .Where(message => MessageFacts.ChangeOf(message) == "opened" && story.ItemOf(message) is not null)
        .ToLookup(story.KeyOf, MessageFacts.IncidentOf);

    private void Report(IChaosStory story, ChaosCloud cloud, int rounds, IReadOnlyList<Arrival> mails, IReadOnlyList<Arrival> chats)
    {
        var (invocations, failed) = cloud.Invocations;
        output.WriteLine($"CHAOS_SEED={Seed}, {rounds} rounds, {story.Rounds.Sum(round => round.Count)} frames, {invocations} invocations of which {failed} failed as a whole (their batches were cut in two)");
        output.WriteLine($"{cloud.Workers.Sum(worker => worker.Hits)} troubles, {cloud.Workers.Sum(worker => worker.Deaths)} of them deaths at a call; "
            + $"{cloud.Workers.Sum(worker => worker.Function.FunctionStarts)} starts; batches {string.Join(", ", cloud.Deliveries.Select(one => $"{one.Key}: {one.Value}"))}");
        var told = Told(story, mails).Concat(Told(story, chats)).ToList();
        output.WriteLine($"{story.Expected.Count} incidents expected, {mails.Count} mails and {chats.Count} chat messages in all; openings that came more than once: "
            + $"{told.Sum(one => one.Count() - 1)}; published twice after a death between publication and mark: {cloud.Ledger.TwiceAfterDeath}, after a mark that was refused: {cloud.Ledger.TwiceAfterRefusal}");
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
