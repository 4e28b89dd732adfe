using System.Collections.Immutable;
using Detection.Rules;
using Detection.Taxonomy;
using Wire.Model;

namespace Detection.Tests.SigmaLinux;

/// <summary>An event that fulfils a rule, and one that is the same but for one thing the rule needs and does not fulfil it.</summary>
/// <param name="Event">The match.</param>
/// <param name="NearMiss">The other; null when the rule needs nothing that an event could lack.</param>
internal sealed record Derivation(HostEvent Event, HostEvent? NearMiss)
{
    private const int MostWays = 3000;

    // What the parts of a text may be put together with. A rule's exceptions may rule some out.
    private static readonly (string Filler, string Glue)[] Styles =
        [("", ""), ("", " "), ("/opt/tools", ""), ("/usr/bin", ""), ("run", " "), ("/home/alice/x", "/"), ("sudo", " ")];

    /// <summary>Derives both from the rule itself; null when no event was found.</summary>
    public static Derivation? Of(SigmaRule rule)
    {
        Derivation? found = null;
        foreach (var way in Branches.Of(rule.Matcher).Take(MostWays))
        {
            foreach (var (filler, glue) in Styles)
            {
                foreach (var e in EventRecipe.All(new FieldTexts(way, filler, glue)).Where(e => Matches(rule, e)))
                {
                    found = new Derivation(e, NearMissOf(rule, e, way, filler, glue));
                    if (found.NearMiss is not null)
                    {
                        return found;
                    }
                }
            }
        }

        return found;
    }

    /// <summary>True when the rule matches a record of the event that it sees.</summary>
    public static bool Matches(SigmaRule rule, HostEvent e)
    {
        var view = new HostEventView();
        view.Show(e);
        for (var record = 0; record < view.RecordCount; record++)
        {
            view.ShowRecord(record);
            if (rule.Source.Covers(view.Source) && rule.Matches(view))
            {
                return true;
            }
        }

        return false;
    }

    private static HostEvent? NearMissOf(SigmaRule rule, HostEvent e, ImmutableList<Need> way, string filler, string glue) => way
        .SelectMany(need => need.Broken().Select(broken => way.Replace(need, broken)))
        .Select(broken => EventRecipe.All(new FieldTexts(broken, filler, glue)).First(other => other.Kind == e.Kind))
        .FirstOrDefault(other => !Matches(rule, other));
}
