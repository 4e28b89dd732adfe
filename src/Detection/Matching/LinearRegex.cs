using System.Text.RegularExpressions;

namespace Detection.Matching;

/// <summary>
/// An expression that runs in linear time. Its automaton is built when it is first needed: that takes longer than to load a rule.
/// Thread-safe.
/// </summary>
internal sealed class LinearRegex(string text, RegexOptions options)
{
    private Regex? _regex;

    /// <summary>The expression.</summary>
    public string Text => text;

    /// <summary>The automaton. Two threads may build it at the same time; either one serves.</summary>
    public Regex Regex => _regex ??= new Regex(text, options | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
