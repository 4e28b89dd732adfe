# To be sourced, with $version set: how everything that is shipped is compiled. From a build folder of its own, so that no test runs what is
# compiled this way; paths of this machine do not get into it.
publish_artifacts=artifacts/shipped
publish_options=(-c Release --nologo -v quiet --artifacts-path "$publish_artifacts" -p:ContinuousIntegrationBuild=true
  "-p:InformationalVersion=$version" -p:IncludeSourceRevisionInInformationalVersion=false)
