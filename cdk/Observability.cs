using Cdk.Watching;
using Constructs;

namespace Cdk;

/// <summary>How people see that the pipeline itself is well: alarms, a dashboard, and saved queries of the logs.</summary>
public sealed class Observability : Construct
{
    /// <summary>Creates all of it.</summary>
    public Observability(Construct scope, string id, WatchedParts parts)
        : base(scope, id)
    {
        var alarms = new Alarms(this, "Alarms", parts);
        new PathDashboard(this, "Dashboard", parts, alarms);
        new SavedQueries(this, "Queries", parts);
    }
}
