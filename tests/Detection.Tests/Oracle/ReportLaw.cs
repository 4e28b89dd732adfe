using Detection.Findings;

namespace Detection.Tests.Oracle;

/// <summary>What holds of the reports of an incident from its opening to its end.</summary>
internal static class ReportLaw
{
    /// <summary>Throws when it does not hold.</summary>
    public static void Assert(Scenario scenario, NaiveOracle oracle, IReadOnlyList<Incident> reports)
    {
        if (Arrival.IsInOrder(scenario, oracle))
        {
            Xunit.Assert.DoesNotContain(reports, report => report.Late && report.Change != IncidentChange.Closed);
        }

        foreach (var incident in reports.GroupBy(report => report.Id))
        {
            List<Incident> told = [.. incident];
            var escalated = told.Count(report => report.Change == IncidentChange.Escalated);
            var text = string.Join('\n', told.Select(report => $"{report.Change} {report.Rule.Title} {report.Verdict}"));
            Xunit.Assert.True(told[0].Change == IncidentChange.Opened, text);
            Xunit.Assert.True(escalated == 0 || (escalated == 1 && told[0].Verdict == Verdict.Unknown && told[1].Verdict == Verdict.Certain), text);
            Xunit.Assert.All(told.Where(report => report.Change != IncidentChange.Closed), report => Xunit.Assert.NotEmpty(report.Witnesses));

            // An incident that is certain in the end was told so: itself, or the one that became one with it.
            if (told[^1] is { Change: IncidentChange.Closed, Verdict: Verdict.Certain } closed && told[0].Verdict == Verdict.Unknown && escalated == 0)
            {
                Xunit.Assert.True(reports.Any(report => report.Id != closed.Id && report.Rule.Title == closed.Rule.Title && report.Group.SequenceEqual(closed.Group)
                    && report.Change != IncidentChange.Closed && report.Verdict == Verdict.Certain), text);
            }
        }
    }
}
