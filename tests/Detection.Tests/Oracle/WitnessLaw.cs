using Detection.Findings;
using Wire.Model;

namespace Detection.Tests.Oracle;

/// <summary>
/// What holds of the events that a firing shows. A firing that waits for the watermark, and any where events arrive in their order, shows
/// what the whole set of events says. One that is answered at once may know less: what it shows is enough to make the rule fire there.
/// </summary>
internal static class WitnessLaw
{
    /// <summary>Throws when it does not hold for a firing of a correlation.</summary>
    public static void Assert(Scenario scenario, NaiveOracle oracle, IReadOnlyList<Firing> firings)
    {
        var inOrder = Arrival.IsInOrder(scenario, oracle);
        foreach (var firing in firings)
        {
            if (scenario.Rules.FirstOrDefault(rule => rule.Name == firing.Rule.Title) is not { } rule)
            {
                Xunit.Assert.Equal([firing.Event.Id], firing.Witnesses.Select(witness => witness.Event.Id));
                continue;
            }

            EventId[] shown = [.. firing.Witnesses.Select(witness => witness.Event.Id)];
            var group = string.Join(", ", firing.Group.Select(entry => $"{entry.Key}={entry.Value}"));
            var text = $"{rule.Name} [{group}] at {firing.Event.Id} shows\n{string.Join('\n', shown)}";
            Xunit.Assert.True(shown.SequenceEqual(oracle.Order.Where(shown.Contains)), text + "\nnot each once and in order");
            Xunit.Assert.True(shown[^1] == firing.Event.Id, text + "\nand not what completes it at the end");
            if (IsOverEvents(scenario, rule) && (inOrder || rule.DependsOnAbsence))
            {
                var expected = oracle.Witnesses(rule, firing.Event.Id, group).ToList();
                Xunit.Assert.True(
                    expected.Exists(shown.SequenceEqual), $"{text}\nand the oracle\n{string.Join("\nor\n", expected.Select(list => string.Join('\n', list)))}");
            }

            if (!DependsOnAbsence(scenario, rule))
            {
                Xunit.Assert.True(new NaiveOracle(scenario, shown.ToHashSet()).Fires(rule.Name, firing.Event.Id, group), text + "\nwhich is not enough");
            }
        }
    }

    private static bool IsOverEvents(Scenario scenario, RuleSpec rule) => !scenario.Rules.Any(other => rule.Roles.Contains(other.Name));

    private static bool DependsOnAbsence(Scenario scenario, RuleSpec rule) =>
        rule.DependsOnAbsence || scenario.Rules.Any(other => rule.Roles.Contains(other.Name) && DependsOnAbsence(scenario, other));
}
