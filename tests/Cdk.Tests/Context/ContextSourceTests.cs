using Cdk.Context;

namespace Cdk.Tests.Context;

public sealed class ContextSourceTests
{
    [Fact]
    public void Numbers_booleans_and_lists_become_text()
    {
        var context = ContextSource.Parse(
            """{"shards":4,"retainData":false,"alertEmails":["a@x.org","b@y.org"],"environment":"prod"}""", "test");

        Assert.Equal("4", context["shards"]);
        Assert.Equal("false", context["retainData"]);
        Assert.Equal("a@x.org,b@y.org", context["alertEmails"]);
        Assert.Equal("prod", context["environment"]);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    public void What_is_no_json_object_is_refused_with_its_origin(string json)
    {
        var fault = Assert.Throws<InvalidContextException>(() => ContextSource.Parse(json, "CDK_CONTEXT_JSON"));

        Assert.Equal("CDK_CONTEXT_JSON", Assert.Single(fault.Faults).Key);
    }
}
