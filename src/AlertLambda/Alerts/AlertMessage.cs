namespace AlertLambda.Alerts;

/// <summary>One alert in one medium, ready to publish: escaped, cut, within the limits of SNS. Immutable.</summary>
public sealed record AlertMessage
{
    /// <summary>Greatest size of body and attributes, bytes of UTF-8. SNS takes 256 KiB; the rest is room for what carries it.</summary>
    public const int MaxBytes = 240 * 1024;

    /// <summary>Longest subject, characters. SNS takes fewer than 100.</summary>
    public const int MaxSubjectLength = 99;

    /// <summary>Where people read it.</summary>
    public required AlertMedium Medium { get; init; }

    /// <summary>Id of the incident: 32 hex digits.</summary>
    public required string IncidentId { get; init; }

    /// <summary>One line of printable ASCII, at most <see cref="MaxSubjectLength"/> characters.</summary>
    public required string Subject { get; init; }

    /// <summary>Mail text with LF line ends, or JSON.</summary>
    public required string Body { get; init; }

    /// <summary>True when the full text could not be written: the body says only what and where, and why.</summary>
    public bool IsBrief { get; init; }

    /// <summary>Attributes for subscription filters, none empty: <c>severity</c>, <c>rule</c>, <c>host</c>, <c>environment</c>,
    /// <c>change</c> (<c>opened</c>, <c>escalated</c>, <c>closed</c>, <c>summed</c>) and, when known, <c>account</c>.</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }
}
