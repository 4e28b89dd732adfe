using Detection.Taxonomy;

namespace Detection.Index;

/// <summary>The routes of the sources seen last. Not thread-safe. Bounded: whoever writes a log may invent sources.</summary>
internal sealed class SourceRoutes(RuleIndex index)
{
    private const int MaxKnown = 256;
    private const int RecentCount = 16;

    private readonly Dictionary<LogSource, SourceRoute> _known = [];
    private readonly LogSource[] _recent = new LogSource[RecentCount];
    private readonly SourceRoute?[] _recentRoutes = new SourceRoute[RecentCount];
    private int _oldest;

    /// <summary>The route; nothing is allocated for a source that is known.</summary>
    public SourceRoute Of(LogSource source)
    {
        for (var i = 0; i < RecentCount; i++)
        {
            // Sources of our own events are the same objects again and again; texts are compared only by the dictionary.
            if (ReferenceEquals(_recent[i].Category, source.Category) && ReferenceEquals(_recent[i].Service, source.Service)
                && ReferenceEquals(_recent[i].Product, source.Product) && _recentRoutes[i] is { } recent)
            {
                return recent;
            }
        }

        if (!_known.TryGetValue(source, out var route))
        {
            if (_known.Count == MaxKnown)
            {
                _known.Clear();
            }

            route = index.RouteOf(source);
            _known.Add(source, route);
        }

        _recent[_oldest] = source;
        _recentRoutes[_oldest] = route;
        _oldest = (_oldest + 1) % RecentCount;
        return route;
    }
}
