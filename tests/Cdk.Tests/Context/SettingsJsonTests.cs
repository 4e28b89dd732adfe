using Cdk.Context;

namespace Cdk.Tests.Context;

public sealed class SettingsJsonTests
{
    [Fact]
    public void Numbers_booleans_lists_and_objects_become_text_and_null_is_nothing()
    {
        var context = SettingsJson.Parse(
            """{"shards":4,"retainData":false,"alertEmails":["a@x.org","b@y.org"],"environment":"prod","tags":{"team":"soc","unit":7},"region":null,/* a comment */}""", "test");

        Assert.Equal("4", context["shards"]);
        Assert.Equal("false", context["retainData"]);
        Assert.Equal("a@x.org,b@y.org", context["alertEmails"]);
        Assert.Equal("prod", context["environment"]);
        Assert.Equal("team=soc,unit=7", context["tags"]);
        Assert.DoesNotContain("region", context.Keys);
    }

    [Fact]
    public void Keys_that_are_there_twice_are_all_told()
    {
        var fault = Assert.Throws<InvalidContextException>(() => SettingsJson.Parse("""{"a":1,"b":1,"a":2,"b":3}""", "pipeline.json"));

        Assert.Equal([("pipeline.json", "a"), ("pipeline.json", "b")], fault.Faults.Select(one => (one.Origin, one.Key)));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    public void What_is_no_json_object_is_refused_with_its_origin(string json)
    {
        var fault = Assert.Throws<InvalidContextException>(() => SettingsJson.Parse(json, "CDK_CONTEXT_JSON"));

        Assert.Equal("CDK_CONTEXT_JSON", Assert.Single(fault.Faults).Origin);
    }
}
