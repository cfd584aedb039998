// What the C++ peers share: the job as lines of text on standard input, figures as JSON lines.
//   task NAME | seconds S | simplified | value NAME NUMBER | let NAME TEXT | by NAME
//   pair NAME LEFT = RIGHT | text TEXT
#pragma once
#include <cctype>
#include <cstdio>
#include <ctime>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

struct Job {
  std::string task = "gradient";
  double seconds = 1;
  bool simplified = false;
  std::vector<std::pair<std::string, double>> values;
  std::vector<std::pair<std::string, std::string>> lets;
  std::vector<std::string> by, texts;
  struct Pair {
    std::string name, left, right;
  };
  std::vector<Pair> pairs;
};

inline Job readJob() {
  Job job;
  std::string line;
  while (std::getline(std::cin, line)) {
    std::istringstream words(line);
    std::string kind, name, rest;
    words >> kind;
    if (kind == "task") words >> job.task;
    if (kind == "seconds") words >> job.seconds;
    if (kind == "simplified") job.simplified = true;
    if (kind == "value") {
      double value;
      words >> name >> value;
      job.values.emplace_back(name, value);
    }
    if (kind == "let") {
      words >> name >> rest;
      job.lets.emplace_back(name, rest);
    }
    if (kind == "by") {
      words >> name;
      job.by.push_back(name);
    }
    if (kind == "text") {
      words >> rest;
      job.texts.push_back(rest);
    }
    if (kind == "pair") {
      Job::Pair pair;
      words >> pair.name >> pair.left >> rest >> pair.right;
      job.pairs.push_back(pair);
    }
  }
  return job;
}

// Seconds of the processor, so that other processes disturb little.
inline double now() { return double(std::clock()) / CLOCKS_PER_SEC; }

// Mean milliseconds of `work`, each time on what `ready` made afresh; the last result.
template <typename Ready, typename Work>
auto timeAfresh(double seconds, Ready ready, Work work, double &ms) {
  std::vector<double> times;
  const double start = now();
  double spent = 0;
  for (;;) {
    auto made = ready();
    const double before = now();
    auto result = work(made);
    times.push_back(now() - before);
    spent += times.back();
    if (times.size() >= 500 || spent >= seconds || now() - start >= 3 * seconds) {
      // The clock may count in steps of some milliseconds: the mean, not the median.
      ms = 1000 * spent / times.size();
      return result;
    }
  }
}

inline long tokensIn(const std::string &text) {
  long count = 0;
  for (size_t at = 0; at < text.size();) {
    const unsigned char letter = text[at];
    if (std::isalpha(letter)) {
      while (at < text.size() && (std::isalnum((unsigned char)text[at]) || text[at] == '_')) at += 1;
      count += 1;
    } else if (std::isdigit(letter)) {
      while (at < text.size() && (std::isdigit((unsigned char)text[at]) || text[at] == '.')) at += 1;
      count += 1;
    } else {
      if (std::string("+-*/^").find(letter) != std::string::npos) count += 1;
      at += 1;
    }
  }
  return count;
}

template <typename Numbers>
void sayValues(const char *before, const Numbers &values, const char *after) {
  std::printf("%s[", before);
  for (size_t at = 0; at < values.size(); at += 1)
    std::printf(at ? ",%.17g" : "%.17g", values[at]);
  std::printf("]%s\n", after);
  std::fflush(stdout);
}

template <typename Peer>
int run() {
  const Job job = readJob();
  Peer peer(job);
  using Part = typename Peer::Part;
  double ms = 0;
  if (job.task == "gradient") {
    const auto result = timeAfresh(
        job.seconds, [&] { return peer.ready(job); },
        [&](const Part &cost) {
          std::vector<Part> all;
          for (const auto &name : job.by) all.push_back(peer.derivative(cost, name));
          return all;
        },
        ms);
    std::printf("{\"ms\":%.6g}\n", ms);
    std::fflush(stdout);
    std::vector<double> values;
    for (const auto &part : result) values.push_back(peer.value(part));
    sayValues("{\"values\":", values, "}");
    long tokens = 0;
    for (const auto &part : result) tokens += tokensIn(peer.text(part));
    std::printf("{\"tokens\":%ld}\n", tokens);
    if (job.simplified) {
      const Part part = timeAfresh(
          job.seconds, [&] { return result[0]; },
          [&](const Part &raw) { return peer.simplest(raw); }, ms);
      std::printf("{\"short\":{\"how\":\"%s\",\"ms\":%.6g,\"tokens\":%ld,", Peer::shortWay(), ms,
                  tokensIn(peer.text(part)));
      sayValues("\"values\":", std::vector<double>{peer.value(part)}, "}}");
    }
  }
  if (job.task == "equal")
    for (const auto &pair : job.pairs) {
      const bool equal = timeAfresh(
          job.seconds,
          [&] {
            peer.begin();
            return std::make_pair(peer.read(pair.left), peer.read(pair.right));
          },
          [&](const std::pair<Part, Part> &both) { return peer.isZero(both.first, both.second); }, ms);
      std::printf("{\"%s\":{\"how\":\"%s\",\"name\":\"%s\",\"ms\":%.6g,\"equal\":%s}}\n",
                  pair.name.c_str(), Peer::equalWay(), pair.name.c_str(), ms, equal ? "true" : "false");
      std::fflush(stdout);
    }
  if (job.task == "read") {
    const auto result = timeAfresh(
        job.seconds,
        [&] {
          peer.begin();
          return 0;
        },
        [&](int) {
          std::vector<Part> all;
          for (const auto &text : job.texts) all.push_back(peer.read(text));
          return all;
        },
        ms);
    std::printf("{\"ms\":%.6g}\n", ms);
    std::vector<double> values;
    for (const auto &part : result) values.push_back(peer.value(part));
    sayValues("{\"values\":", values, "}");
  }
  return 0;
}
