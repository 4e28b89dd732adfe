using Detection.Taxonomy;

namespace Detection.Routing;

/// <summary>The parts of an index that cover the sources seen last. Not thread-safe. Bounded: whoever writes a log may invent sources.</summary>
internal sealed class RecentParts(RuleIndex index)
{
    private const int MaxKnown = 256;
    private const int RecentCount = 16;

    private readonly Dictionary<LogSource, SourceIndex[]> _known = [];
    private readonly LogSource[] _recent = new LogSource[RecentCount];
    private readonly SourceIndex[]?[] _recentParts = new SourceIndex[]?[RecentCount];
    private int _oldest;

    /// <summary>How many sources are remembered.</summary>
    public int Count => _known.Count;

    /// <summary>The parts whose rules see records of a source; nothing is allocated for a source that is known.</summary>
    public SourceIndex[] Of(LogSource source)
    {
        for (var i = 0; i < RecentCount; i++)
        {
            // Sources of our own events are the same objects again and again; texts are compared only by the dictionary.
            if (ReferenceEquals(_recent[i].Category, source.Category) && ReferenceEquals(_recent[i].Service, source.Service)
                && ReferenceEquals(_recent[i].Product, source.Product) && _recentParts[i] is { } recent)
            {
                return recent;
            }
        }

        if (!_known.TryGetValue(source, out var parts))
        {
            if (_known.Count == MaxKnown)
            {
                _known.Clear();
            }

            parts = index.PartsFor(source);
            _known.Add(source, parts);
        }

        _recent[_oldest] = source;
        _recentParts[_oldest] = parts;
        _oldest = (_oldest + 1) % RecentCount;
        return parts;
    }
}
