using Detection.Findings;
using Wire.Model;

namespace Detection.Correlation;

/// <summary>An occurrence of referenced rules of a correlation: an event that they matched, or the last event of an inner correlation's firing.</summary>
internal sealed class Hit
{
    private static readonly string[] PlainGroup = [""];

    private string[] _firedGroups = [];
    private Witness? _witness;

    // Of most hits nothing. There are hundreds of thousands.
    private Rare? _rare;

    public required HostEvent Event { get; init; }

    /// <summary>The record of the event that was matched.</summary>
    public required int Record { get; init; }

    /// <summary>Index of the referenced rule; of several, the lowest.</summary>
    public required int Role { get; init; }

    public required GroupScope Scope { get; init; }

    /// <summary>The referenced rules that occur here, a bit each.</summary>
    public ulong Roles { get; set; }

    /// <summary>Canonical text of the values that a value type reads; empty for other types.</summary>
    public string Value { get; init; } = "";

    /// <summary>The number that a numeric value type reads.</summary>
    public decimal Number
    {
        get => _rare?.Number ?? 0;
        init
        {
            if (value != 0 || value.Scale != 0 || decimal.IsNegative(value))
            {
                (_rare ??= new Rare()).Number = value;
            }
        }
    }

    /// <summary>How many occurrences it is: in a flood one event stands for many; an inner correlation's firing is one.</summary>
    public long Occurrences => Inner is null ? 1L + Event.Repeated : 1;

    /// <summary>The witnesses of an inner correlation's firing; null for a plain match.</summary>
    public IReadOnlyList<Witness>? Inner
    {
        get => _rare?.Inner;
        set
        {
            if (value is not null)
            {
                (_rare ??= new Rare()).Inner = value;
            }
        }
    }

    /// <summary>That of the inner firing. Says where the hit is taken up; it is not remembered.</summary>
    public Verdict Verdict
    {
        get => _rare?.Verdict ?? default;
        init
        {
            if (value != default)
            {
                (_rare ??= new Rare()).Verdict = value;
            }
        }
    }

    /// <summary>True once a bound has pushed it out of its group.</summary>
    public bool IsEvicted { get; set; }

    /// <summary>True once the verdict at this event was given and cannot change.</summary>
    public bool IsDecided { get; set; }

    /// <summary>The same occurrence, at which nothing fired yet.</summary>
    public Hit Copy() => new()
    {
        Event = Event, Record = Record, Role = Role, Scope = Scope, Roles = Roles, Value = Value, Number = Number, Inner = Inner, Verdict = Verdict,
    };

    /// <summary>The groups in which the correlation fired at this event.</summary>
    public IReadOnlyList<string> FiredGroups => _firedGroups;

    /// <summary>What it adds to the witnesses of a firing, unless it is one itself: the same for all firings that show it.</summary>
    /// <param name="title">Title of the referenced rule.</param>
    public Witness WitnessOf(string title) => _witness ??= new Witness(title, Event);

    /// <summary>Notes that the correlation fired at this event in a group.</summary>
    /// <returns>False when that was noted before.</returns>
    public bool TryMarkFired(string group)
    {
        if (Array.IndexOf(_firedGroups, group) >= 0)
        {
            return false;
        }

        _firedGroups = _firedGroups.Length == 0 && group.Length == 0 ? PlainGroup : [.. _firedGroups, group];
        return true;
    }

    /// <summary>Takes up what another hit of the same event stands for: its roles, and what made an inner correlation fire.</summary>
    public void Join(Hit other)
    {
        Roles |= other.Roles;
        if (other.Inner is not null && !ReferenceEquals(Inner, other.Inner))
        {
            Inner = Inner is null ? other.Inner : [.. Inner, .. other.Inner];
        }
    }

    private sealed class Rare
    {
        public decimal Number { get; set; }

        public IReadOnlyList<Witness>? Inner { get; set; }

        public Verdict Verdict { get; set; }
    }
}
