using Wire.Model;

namespace Detection.Taxonomy;

/// <summary>A view for each way an event can come. Not thread-safe.</summary>
internal sealed class EventViews
{
    private readonly HostEventView _host = new();
    private readonly FieldEventView _fields = new();

    /// <summary>The view that fits an event, turned to it; valid until the next call.</summary>
    public EventView Show(HostEvent e)
    {
        if (e is FieldEvent named)
        {
            _fields.Show(named);
            return _fields;
        }

        _host.Show(e);
        return _host;
    }
}
